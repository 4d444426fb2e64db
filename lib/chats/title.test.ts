import { expect, test } from "vitest";
import { titleFrom, titleIn } from "./title";

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

test.each([
  ["How tides work", "How tides work"],
  ['"How tides work."', "How tides work"],
  ["**Title: How tides work**", "How tides work"],
  ["Title: “How tides work”\n\nIt says what the chat is about.", "How tides work"],
  ["<think>They ask about tides.\nShort.</think>\n\n# How tides work", "How tides work"],
  ["「潮汐のしくみ」。", "潮汐のしくみ"],
  ["Why does C++ need `std::move`?", "Why does C++ need `std::move`?"],
  ["How\u202e tides\u0007 work\u200b", "How tides work"],
])("of a model's %j the title is %j", (answer, title) => {
  expect(titleIn(answer)).toBe(title);
});

test("a title from a model has at most sixty characters, whole ones", () => {
  const long = titleIn("The very long story of how tides have been explained since antiquity by many");
  expect(long).toBe("The very long story of how tides have been explained since…");
  expect(Array.from(titleIn(`${"🌊".repeat(40)} ${"🌙".repeat(15)}`) ?? "").length).toBeLessThanOrEqual(60);
});

test("what is no title gives none", () => {
  expect(titleIn("")).toBeNull();
  expect(titleIn("<think>I never came to an end")).toBeNull();
  expect(titleIn('…"')).toBeNull();
  expect(titleIn("Tides are caused by the moon. ".repeat(10))).toBeNull();
});
