import fc from "fast-check";
import { expect, test } from "vitest";
import { estimateCost } from "./estimate-cost";
import { costOf, type ModelPrices, outputTokensWithin } from "./model-prices";

test("a million tokens cost what the catalogue says, and one token a millionth of it, rounded up at most", () => {
  const prices = perMillion({ input: 0.15, output: "2.5" });
  expect(costOf(prices, { inputTokens: 1_000_000, outputTokens: 1_000_000 }, "up")).toBe(2_650_000);
  expect(costOf(prices, { inputTokens: 20, outputTokens: 0 }, "up")).toBe(3);
  expect(costOf(prices, { inputTokens: 1, outputTokens: 0 }, "up")).toBe(1);
  expect(costOf(prices, { inputTokens: 1, outputTokens: 0 }, "nearest")).toBe(0);
});

test("what the provider has in its cache costs its own price, or that of input where it has none", () => {
  const used = { inputTokens: 1_000_000, cachedTokens: 400_000, outputTokens: 0 };
  expect(costOf(perMillion({ input: 10, cachedInput: 1 }), used, "up")).toBe(6_400_000);
  expect(costOf(perMillion({ input: 10 }), used, "up")).toBe(10_000_000);
});

test("requests and pictures are paid for by the piece", () => {
  const prices = perMillion({ request: 0.005, image: "0.001" });
  expect(costOf(prices, { inputTokens: 9, outputTokens: 9, images: 3 }, "up")).toBe(8_000);
});

test("an answer is as long as the settings, the model and what is left of the context allow", () => {
  const prices = perMillion({ output: 1 });
  const model = { contextLength: 8_000, maxOutputTokens: 4_000 };
  const input = { tokens: 1_000, isEstimate: false };
  const longest = (more: { maxOutputTokens?: number }, tokens = 1_000) =>
    estimateCost(prices, model, more, { ...input, tokens }).mostMicros;
  expect(longest({})).toBe(4_000);
  expect(longest({ maxOutputTokens: 100 })).toBe(100);
  expect(longest({}, 7_500)).toBe(500);
  expect(longest({}, 9_000)).toBe(1);
});

test("costs are whole, never below nothing, and least is no more than usual and usual no more than most", () => {
  fc.assert(
    fc.property(anyPrices, anyModel, anySettings, anyInput, (prices, model, settings, input) => {
      const { leastMicros, typicalMicros, mostMicros } = estimateCost(prices, model, settings, input);
      for (const micros of [leastMicros, typicalMicros, mostMicros]) {
        expect(Number.isSafeInteger(micros) && micros >= 0).toBe(true);
      }
      expect(leastMicros).toBeLessThanOrEqual(typicalMicros);
      expect(typicalMicros).toBeLessThanOrEqual(mostMicros);
    }),
  );
});

test("more tokens never cost less", () => {
  fc.assert(
    fc.property(
      anyPrices,
      fc.nat(1e6),
      fc.nat(1e6),
      fc.nat(1e5),
      (prices, inputTokens, outputTokens, more) => {
        const cost = (input: number, output: number) =>
          costOf(prices, { inputTokens: input, outputTokens: output }, "up");
        expect(cost(inputTokens + more, outputTokens)).toBeGreaterThanOrEqual(
          cost(inputTokens, outputTokens),
        );
        expect(cost(inputTokens, outputTokens + more)).toBeGreaterThanOrEqual(
          cost(inputTokens, outputTokens),
        );
      },
    ),
  );
});

test("an answer that is kept within an amount costs no more than it, and one token more would", () => {
  fc.assert(
    fc.property(anyPrices, fc.nat(1e9), fc.nat(1e5), (prices, micros, inputTokens) => {
      const cost = (outputTokens: number) => costOf(prices, { inputTokens, outputTokens }, "up");
      const tokens = outputTokensWithin(prices, micros, { inputTokens });
      fc.pre(Number.isSafeInteger(tokens) && tokens > 0);
      expect(cost(tokens)).toBeLessThanOrEqual(micros + 1);
      expect(cost(tokens + 2)).toBeGreaterThanOrEqual(micros);
    }),
  );
});

function perMillion(given: Partial<ModelPrices>): ModelPrices {
  return { input: 0, cachedInput: null, output: 0, request: null, image: null, ...given };
}

const anyPrice = fc.integer({ min: 0, max: 1e9 }).map((millionths) => millionths / 1e6);
const anyPrices = fc.record({
  input: anyPrice,
  cachedInput: fc.option(anyPrice),
  output: anyPrice.map(String),
  request: fc.option(anyPrice),
  image: fc.constant(null),
});
const anyModel = fc.record({
  contextLength: fc.option(fc.integer({ min: 1, max: 2e6 })),
  maxOutputTokens: fc.option(fc.integer({ min: 1, max: 2e5 })),
});
const anySettings = fc.record({ maxOutputTokens: fc.integer({ min: 1, max: 1e6 }) }, { requiredKeys: [] });
const anyInput = fc.record({ tokens: fc.nat(2e6), isEstimate: fc.boolean() });
