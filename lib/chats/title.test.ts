import { expect, test } from "vitest";
import { titleFrom } from "./title";

test("the first line with words is the title, without Markdown in front", () => {
  expect(titleFrom("\n\n## How do tides   work?\nExplain.")).toBe("How do tides work?");
});

test("a long question is cut at a word, and between characters, never inside one", () => {
  expect(titleFrom("one two three four five six seven eight nine ten eleven twelve thirteen")).toBe(
    "one two three four five six seven eight nine ten eleven…",
  );
  expect(titleFrom("🚀".repeat(80))).toBe(`${"🚀".repeat(60)}…`);
});

test("a question without words has no title", () => {
  expect(titleFrom(" \n### \n")).toBeNull();
});
