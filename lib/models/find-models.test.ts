import { expect, test } from "vitest";
import { type ListedModel, plainModel } from "./catalogue";
import { findModels, modelQuerySchema } from "./find-models";

const models: ListedModel[] = [
  listed("deepseek/deepseek-r1-0528:free", {
    inputPrice: 0,
    outputPrice: 0,
    contextLength: 163_840,
    parameters: ["reasoning"],
  }),
  listed("openai/gpt-5-mini", {
    name: "OpenAI: GPT-5 Mini",
    inputPrice: 0.25,
    outputPrice: 2,
    contextLength: 400_000,
    inputModalities: ["text", "image"],
    parameters: ["tools", "reasoning"],
    createdAt: "2025-08-07T00:00:00.000Z",
  }),
  listed("openai/gpt-5", {
    name: "OpenAI: GPT-5",
    inputPrice: 1.25,
    outputPrice: 10,
    contextLength: 400_000,
    parameters: ["tools"],
  }),
  listed("ep_home/llama", { description: "A small mini thing" }),
];

test.each<[string, Record<string, string>, string[]]>([
  ["every word must be found, wherever it stands", { q: "mini open" }, ["openai/gpt-5-mini"]],
  ["the name counts more than the description", { q: "mini" }, ["openai/gpt-5-mini", "ep_home/llama"]],
  ["a part of the id is enough", { q: "r1-05" }, ["deepseek/deepseek-r1-0528:free"]],
  ["what nobody has is not found", { q: "gpt llama" }, []],
  ["free", { free: "true" }, ["deepseek/deepseek-r1-0528:free"]],
  ["vision", { vision: "true" }, ["openai/gpt-5-mini"]],
  ["tools and words", { tools: "true", q: "5" }, ["openai/gpt-5-mini", "openai/gpt-5"]],
  ["reasoning", { reasoning: "true" }, ["deepseek/deepseek-r1-0528:free", "openai/gpt-5-mini"]],
  ["a least context", { minContext: "400000" }, ["openai/gpt-5-mini", "openai/gpt-5"]],
  [
    "the cheapest first, the unpriced last",
    { sort: "price" },
    ["deepseek/deepseek-r1-0528:free", "openai/gpt-5-mini", "openai/gpt-5", "ep_home/llama"],
  ],
  [
    "a filter that is off lets everything through",
    { vision: "false", sort: "name" },
    ["deepseek/deepseek-r1-0528:free", "ep_home/llama", "openai/gpt-5", "openai/gpt-5-mini"],
  ],
  ["the newest first", { sort: "newest", tools: "true" }, ["openai/gpt-5-mini", "openai/gpt-5"]],
])("%s", (_, query, ids) => {
  expect(findModels(models, modelQuerySchema.parse(query)).map(({ id }) => id)).toEqual(ids);
});

test("without words, favourites and then the latest chosen come first", () => {
  const marked = models.map((model, index) => ({
    ...model,
    isFavourite: index === 3,
    recentRank: index === 2 ? 0 : index === 1 ? 1 : null,
  }));
  expect(findModels(marked, modelQuerySchema.parse({})).map(({ id }) => id)).toEqual([
    "ep_home/llama",
    "openai/gpt-5",
    "openai/gpt-5-mini",
    "deepseek/deepseek-r1-0528:free",
  ]);
});

function listed(id: string, known: Partial<ListedModel>): ListedModel {
  return {
    ...plainModel({ id, provider: "openrouter" }),
    isDefault: false,
    isFavourite: false,
    recentRank: null,
    availability: { status: "available" },
    ...known,
  };
}
