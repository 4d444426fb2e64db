import { expect, test } from "vitest";
import { requireStorable } from "./storable-text";

test.each([
  ["a NUL", "a\0b"],
  ["half a character", "a\ud83db"],
  ["a NUL deep inside", { settings: { stop: ["fine", "\0"] } }],
  ["a name with a NUL", { "a\0b": 1 }],
  ["what is nested deeper than a stack", JSON.parse("[".repeat(100_000) + "]".repeat(100_000))],
  ["what is nested deeper than that in objects", JSON.parse(`${'{"a":'.repeat(1_000)}1${"}".repeat(1_000)}`)],
])("%s is refused", (_, value) => {
  expect(() => requireStorable(value)).toThrow(expect.objectContaining({ type: "invalid_request" }));
});

test("every text that can be stored passes", () => {
  requireStorable({ text: "née 👩‍🚀 مرحبا \u0001\n", list: [1, null, true, ""] });
  requireStorable(JSON.parse("[".repeat(150) + "]".repeat(150)));
});
