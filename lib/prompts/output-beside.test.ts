import { expect, test } from "vitest";
import { withOutputBeside } from "./output-beside";

const told = [{ role: "user" as const, text: "word ".repeat(300) }];

test("no longer an answer is asked for than has room beside what is told", () => {
  const { maxOutputTokens = 0, seed } = withOutputBeside(told, { maxOutputTokens: 500, seed: 7 }, 700);
  expect(maxOutputTokens).toBeGreaterThan(200);
  expect(maxOutputTokens).toBeLessThan(400);
  expect(seed).toBe(7);
});

test("a limit that has room stays as it is, and so does none", () => {
  expect(withOutputBeside(told, { maxOutputTokens: 500 }, 5_000)).toEqual({ maxOutputTokens: 500 });
  expect(withOutputBeside(told, { maxOutputTokens: 500 }, null)).toEqual({ maxOutputTokens: 500 });
  expect(withOutputBeside(told, {}, 100)).toEqual({});
});
