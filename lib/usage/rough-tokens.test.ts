import fc from "fast-check";
import { expect, test } from "vitest";
import { roughTokens, roughTokensOfMessages } from "./rough-tokens";

test("four letters are a token, and an ideograph is one by itself", () => {
  expect([roughTokens(""), roughTokens("tide"), roughTokens("tides")]).toEqual([0, 1, 2]);
  expect(roughTokens("潮汐")).toBe(2);
  expect(roughTokens("прилив")).toBe(3);
  expect(roughTokensOfMessages([{ text: "tide" }, { text: "" }])).toBe(9);
});

test("more text is never less, and a whole is no more than its parts", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (a, b) => {
      expect(roughTokens(a + b)).toBeGreaterThanOrEqual(roughTokens(a));
      expect(roughTokens(a + b)).toBeLessThanOrEqual(roughTokens(a) + roughTokens(b));
    }),
  );
});
