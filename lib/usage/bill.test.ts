import { expect, test } from "vitest";
import { billOf, type Called } from "./bill";

const prices = { input: 1, cachedInput: null, output: 2, request: null, image: null };
const usage = { inputTokens: 10, outputTokens: 20, reasoningTokens: null, cachedTokens: null };

test("what the provider reports is the truth, whatever the catalogue's prices are", () => {
  expect(billOf(called({ usage, costMicros: 7 }))).toMatchObject({
    costMicros: 7,
    source: "reported",
    isAskable: false,
  });
});

test("tokens without a cost are multiplied by the prices, and cost nobody knows what where there are none", () => {
  expect(billOf(called({ usage }))).toMatchObject({ costMicros: 50, source: "estimated", usage });
  expect(billOf(called({ usage, prices: null }))).toMatchObject({ costMicros: null, source: "estimated" });
});

test("a call that was broken off is estimated from what was asked and written, and asked about later", () => {
  const cut = called({ messages: [{ role: "user", text: "a".repeat(40) }], written: () => "b".repeat(80) });
  expect(billOf({ ...cut, upstreamId: "gen-1" })).toMatchObject({
    usage: { inputTokens: 14, outputTokens: 20 },
    costMicros: 54,
    isAskable: true,
  });
  expect(billOf({ ...cut, upstreamId: "gen-1", provider: { id: "other" } })?.isAskable).toBe(false);
});

test("a call that came to nothing is not in the ledger", () => {
  expect(billOf(called({}))).toBeNull();
});

function called(more: Partial<Called>): Called {
  return {
    provider: { id: "p", costOf: async () => null },
    prices,
    messages: [],
    written: () => "",
    upstreamId: null,
    usage: null,
    costMicros: null,
    ...more,
  };
}
