import { expect, test } from "vitest";
import { plainModel } from "@/lib/models/catalogue";
import { createCostEstimates } from "./cost-estimates";
import { type Standing, standingOf } from "./standing";

const ada = { userId: "ada", isGuest: false, isAdministrator: false };
const now = new Date("2026-11-20T10:00:00Z");
const tight = standingOf(
  "installation",
  { limitMicros: 5, period: "day" },
  { spentMicros: 4, heldMicros: 0 },
  now,
);

test("a question is estimated by the chat's model and settings, unless another model is to answer", async () => {
  const { estimate } = estimates({ chatModel: "dear", maxOutputTokens: 10 });
  expect(await estimate({ chat: "chat", inputTokens: 100 })).toMatchObject({
    model: "dear",
    range: { leastMicros: 100, mostMicros: 140, outputTokensMax: 10 },
  });
  expect(await estimate({ chat: "chat", model: "cheap", inputTokens: 100 })).toMatchObject({
    model: "cheap",
    range: { leastMicros: 10 },
  });
  expect(await estimate({ inputTokens: 100 })).toMatchObject({ model: "cheap" });
});

test("the most counts thoughts at their own price where that is dearer, and what is usual does not", async () => {
  const { estimate } = estimates({});
  expect((await estimate({ model: "thinking", inputTokens: 0 })).range).toMatchObject({
    typicalMicros: 800,
    mostMicros: 5 * 16_384,
  });
});

test("a model of unknown price, and one that nobody offers, cost nobody knows what", async () => {
  const { estimate } = estimates({ chatModel: null });
  for (const model of ["unpriced", "nowhere"])
    expect(await estimate({ model, inputTokens: 1 })).toMatchObject({ model, range: null });
});

test("the most is that of the dearest model that may answer, and a bound is told only where there is one", async () => {
  const { estimate } = estimates({ chatModel: "cheap", maxOutputTokens: 1_000, fallbackModels: ["dear"] });
  const asked = { chat: "chat", inputTokens: 100 };
  expect((await estimate(asked)).range).toMatchObject({
    leastMicros: 10,
    mostMicros: 1_130,
    boundMicros: null,
  });
  const limited = estimates({ maxOutputTokens: 1_000, payer: "installation" });
  expect((await limited.estimate(asked)).range).toMatchObject({ mostMicros: 113, boundMicros: 226 });
  const unknown = estimates({ maxOutputTokens: 10, payer: "installation", fallbackModels: ["unpriced"] });
  expect((await unknown.estimate(asked)).range).toMatchObject({ boundMicros: null });
});

test("the installation's limit is told where its key would pay", async () => {
  expect((await estimates({ payer: "installation" }).estimate({ inputTokens: 1 })).limit).toMatchObject({
    leftMicros: 1,
  });
  expect((await estimates({ payer: "person" }).estimate({ inputTokens: 1 })).limit).toBeNull();
});

function estimates({
  chatModel = null,
  maxOutputTokens,
  fallbackModels,
  payer = "person",
}: {
  chatModel?: string | null;
  maxOutputTokens?: number;
  fallbackModels?: string[];
  payer?: "person" | "installation";
}) {
  const prices: Record<string, number | null> = { dear: 1, cheap: 0.1, unpriced: null, thinking: 1 };
  const standings: Standing[] = [tight];
  const takes = { takesFallbacks: true, takesMaxPrice: true } as const;
  const provider = {
    ...takes,
    id: "p",
    async *stream() {},
    listModels: async () => [],
    check: async () => {},
  };
  const { estimate } = createCostEstimates({
    chats: {
      get: async () => ({
        ...chat,
        model: chatModel,
        settings: { maxOutputTokens, routing: { fallbackModels } },
      }),
    },
    models: {
      defaultModel: async () => "cheap",
      async getModel(_, id) {
        const price = prices[id];
        if (price === undefined) return null;
        const model = plainModel({
          id,
          provider: "p",
          inputPrice: price,
          outputPrice: price,
          ...(id === "thinking" && { reasoningPrice: 5 }),
        });
        return { provider, route: { provider: "p", payer, credentialId: null }, model };
      },
    },
    ledger: { standings: async () => standings },
  });
  return { estimate: (question: Parameters<typeof estimate>[1]) => estimate(ada, question) };
}

const chat = {
  id: "chat",
  title: null,
  titleSource: null,
  pinnedAt: null,
  archivedAt: null,
  deletedAt: null,
  unreadSince: null,
  leafMessageId: null,
  deletions: 0,
  characterId: null,
  profileId: null,
  createdAt: now,
  updatedAt: now,
  active: null,
};
