import { expect, test } from "vitest";
import { AppError } from "@/lib/errors/app-error";
import type { CatalogueModel } from "./catalogue";
import { createModelDirectory } from "./directory";
import type { ModelProvider } from "./provider";

test("the configured default answers, and is marked in the list", async () => {
  const directory = createModelDirectory({
    providers: [provider("openrouter", ["a/one", "b/two"])],
    configuredDefault: "b/two",
  });
  expect(await directory.defaultModel()).toBe("b/two");
  expect((await directory.list()).items.filter(({ isDefault }) => isDefault).map(({ id }) => id)).toEqual([
    "b/two",
  ]);
});

test("without a configured default the first model on offer answers", async () => {
  const directory = createModelDirectory({
    providers: [provider("openai", ["llama", "qwen"])],
    configuredDefault: null,
  });
  expect(await directory.defaultModel()).toBe("llama");
});

test("with nothing but the offline assistant, that answers, and the configured model says why it does not", async () => {
  const directory = createModelDirectory({
    providers: [provider("offline", ["parley/offline"])],
    configuredDefault: "a/one",
  });
  expect(await directory.defaultModel()).toBe("parley/offline");
  const { items } = await directory.list();
  expect(items.map(({ id, availability }) => [id, availability])).toEqual([
    ["a/one", { status: "unavailable", reason: "key_missing" }],
    ["parley/offline", { status: "available" }],
  ]);
});

test("a model is served by the provider that lists it", async () => {
  const openrouter = provider("openrouter", ["a/one"]);
  const openai = provider("openai", ["llama"]);
  const directory = createModelDirectory({ providers: [openrouter, openai], configuredDefault: "a/one" });
  expect(await directory.requireModel("llama")).toBe(openai);
  expect(await directory.requireModel("a/one")).toBe(openrouter);
});

test("a model that nobody offers is refused", async () => {
  const directory = createModelDirectory({
    providers: [provider("openrouter", ["a/one"])],
    configuredDefault: null,
  });
  await expect(directory.requireModel("a/none")).rejects.toMatchObject({ type: "invalid_request" });
});

test("a provider that cannot be asked holds up no chat: it has the last word itself", async () => {
  const down = provider("openrouter", new AppError("provider_unavailable", "down"));
  const directory = createModelDirectory({ providers: [down], configuredDefault: "a/one" });
  expect(await directory.requireModel("a/one")).toBe(down);
  expect(await directory.requireModel("a/other")).toBe(down);
  expect((await directory.list()).items.map(({ id }) => id)).toEqual(["a/one"]);
});

test("a list that was read once goes on serving while the provider is down", async () => {
  let now = 0;
  const models: { answer: string[] | AppError } = { answer: ["a/one"] };
  const changing = { ...provider("openrouter", []), listModels: () => listOf("openrouter", models.answer) };
  const directory = createModelDirectory({ providers: [changing], configuredDefault: null, now: () => now });
  now = 1_000_000_000;
  await directory.list();
  models.answer = new AppError("provider_unavailable", "down");
  now += 3_600_000;
  expect((await directory.list()).items.map(({ id }) => id)).toEqual(["a/one"]);
  expect((await directory.list()).items.map(({ id }) => id)).toEqual(["a/one"]);
});

function provider(id: string, answer: string[] | AppError): ModelProvider {
  return {
    id,
    async *stream() {},
    listModels: () => listOf(id, answer),
    check: async () => {},
  };
}

async function listOf(provider: string, answer: string[] | AppError): Promise<CatalogueModel[]> {
  if (answer instanceof AppError) throw answer;
  return answer.map((id) => ({
    id,
    name: id,
    provider,
    description: null,
    contextLength: null,
    maxOutputTokens: null,
    inputModalities: ["text"],
    outputModalities: ["text"],
    inputPrice: null,
    outputPrice: null,
    parameters: [],
  }));
}
