import { expect, test } from "vitest";
import { plainModel } from "@/lib/models/catalogue";
import type { ModelProvider, ModelRequest } from "@/lib/models/provider";
import type { UsageNote } from "./ledger";
import { completeAtCost } from "./side-call";
import { type Standing, standingOf } from "./standing";

const now = new Date("2026-11-20T10:00:00Z");
const exhausted = standingOf(
  "installation",
  { limitMicros: 10, period: "day" },
  { spentMicros: 10, heldMicros: 0 },
  now,
);

test("what a title costs is noted for the person whose chat is named", async () => {
  const { notes, complete } = calling([], 2);
  expect(await complete()).toMatchObject({ text: "Tides" });
  expect(notes).toMatchObject([
    { kind: "title", userId: "ada", chatId: "chat", bill: { costMicros: 6, source: "estimated" } },
  ]);
});

test("a title that failed when the provider had begun it is noted, and asked about", async () => {
  const { notes, complete } = calling([], 2, "installation", {
    async complete(_request, _signal, onUpstreamId) {
      onUpstreamId?.("gen-1");
      throw new Error("it broke");
    },
    costOf: async () => null,
  });
  await expect(complete()).rejects.toThrow("it broke");
  const bill = { upstreamId: "gen-1", costMicros: null, source: "estimated", isAskable: true };
  expect(notes).toMatchObject([{ kind: "title", userId: "ada", bill }]);
});

test("a title that the provider never heard of is not noted", async () => {
  const { notes, complete } = calling([], 2, "installation", {
    complete: () => Promise.reject(new Error("it broke")),
  });
  await expect(complete()).rejects.toThrow("it broke");
  expect(notes).toEqual([]);
});

test("nothing is asked for behind a limit that leaves nothing, unless it is free or another one's key pays", async () => {
  expect(await calling([exhausted], 2).complete()).toBeNull();
  expect(await calling([exhausted], null).complete()).toBeNull();
  expect(await calling([exhausted], 0).complete()).not.toBeNull();
  expect(await calling([exhausted], 2, "person").complete()).not.toBeNull();
});

test("under a limit a call is as short, and its hosts are as cheap, as what is left asks for", async () => {
  const left = { ...exhausted, limitMicros: 3_000, spentMicros: 0, leftMicros: 3_000 };
  const asked: ModelRequest[] = [];
  const more: Partial<ModelProvider> = {
    takesMaxPrice: true,
    async complete(request) {
      asked.push(request);
      return { text: "Tides", usage: null, costMicros: null };
    },
  };
  await calling([left], 2, "installation", more).complete();
  await calling([], 2, "installation", more).complete();
  expect(asked[0]?.settings.maxOutputTokens).toBeLessThanOrEqual(1_500);
  expect(asked[0]?.settings.routing?.maxPrice?.output).toBeGreaterThanOrEqual(2);
  expect(asked[1]?.settings).toEqual({});
});

function calling(
  standings: Standing[],
  price: number | null,
  payer: "person" | "installation" = "installation",
  more: Partial<ModelProvider> = {},
) {
  const notes: UsageNote[] = [];
  const ledger = {
    note: async (note: UsageNote) => void notes.push(note),
    standings: async () => standings,
  };
  const usage = { inputTokens: 1, outputTokens: 2, reasoningTokens: null, cachedTokens: null };
  const provider: ModelProvider = {
    id: "p",
    stream: () => {
      throw new Error("nothing is streamed");
    },
    complete: async () => ({ text: "Tides", usage, costMicros: null }),
    listModels: async () => [],
    check: async () => {},
    ...more,
  };
  const request = { model: "m", messages: [], settings: {}, chatId: "chat" };
  const route = { provider: "p", payer, credentialId: null };
  const model = plainModel({ id: "m", provider: "p", inputPrice: price, outputPrice: price });
  const call = { kind: "title", userId: "ada", served: { provider, route, model }, request } as const;
  return { notes, complete: () => completeAtCost(ledger, call, new AbortController().signal) };
}
