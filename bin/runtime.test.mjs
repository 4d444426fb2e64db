import { expect, test } from "vitest";
import { isNewEnough } from "./runtime.mjs";

test("a Node is new enough by its numbers, not by their spelling", () => {
  expect(isNewEnough("22.9.0", [22, 18])).toBe(false);
  expect(isNewEnough("22.18.0", [22, 18])).toBe(true);
  expect(isNewEnough("20.20.2", [22, 18])).toBe(false);
  expect(isNewEnough("24.0.0", [22, 18])).toBe(true);
});
