import { expect, test } from "vitest";
import { AppError } from "@/lib/errors/app-error";
import { plainModel } from "./catalogue";
import { createModelDirectory } from "./directory";
import type { KeyRing, ModelKey } from "./key-ring";
import { type ModelPreferences, modelPreferencesSchema } from "./model-preferences";
import type { ModelSource } from "./model-source";
import { createShelves } from "./shelves";
import { silentProvider, sourceOf } from "./testing/source-of";

const ada = "ada";
const bob = "bob";
const down = new AppError("provider_unavailable", "down");

test("the configured default answers, and is marked in the list", async () => {
  const directory = directoryWith({
    sources: [source("openrouter", ["a/one", "b/two"])],
    configuredDefault: "b/two",
  });
  expect(await directory.defaultModel(ada)).toBe("b/two");
  const { items } = await directory.list(ada);
  expect(items.filter(({ isDefault }) => isDefault).map(({ id }) => id)).toEqual(["b/two"]);
});

test("a person's own default goes first, for them alone and while it is on offer", async () => {
  const answer = ["a/one", "b/two"];
  const directory = directoryWith({
    sources: [source("openrouter", answer)],
    configuredDefault: "a/one",
    preferences: { [ada]: { defaultModel: "b/two" }, [bob]: { defaultModel: "gone/away" } },
  });
  expect([await directory.defaultModel(ada), await directory.defaultModel(bob)]).toEqual(["b/two", "a/one"]);
  expect(await directory.list(ada)).toMatchObject({ defaultModel: "b/two", installationDefault: "a/one" });
  expect(await directory.list(bob)).toMatchObject({ defaultModel: "a/one" });
});

test("without a configured default the first model on offer answers", async () => {
  const directory = directoryWith({ sources: [source("openai", ["llama", "qwen"])] });
  expect(await directory.defaultModel(ada)).toBe("llama");
});

test("with nothing but the offline assistant, that answers, and the configured model says why it does not", async () => {
  const directory = directoryWith({
    sources: [source("openrouter", ["a/one"])],
    keyless: [ada],
    configuredDefault: "a/one",
  });
  expect(await directory.defaultModel(ada)).toBe("parley/offline");
  const { items } = await directory.list(ada);
  expect(items.map(({ id, availability }) => [id, availability])).toEqual([
    ["a/one", { status: "unavailable", reason: "key_missing" }],
    ["parley/offline", { status: "available" }],
  ]);
  expect((await directory.requireModel(ada, "parley/offline")).route.provider).toBe("offline");
  await expect(directory.requireModel(ada, "a/one")).rejects.toMatchObject({ type: "key_missing" });
  expect(await directory.defaultModel(bob)).toBe("a/one");
});

test("a model is served by the provider that lists it, with the key of the person who asks", async () => {
  const keys: (string | null)[] = [];
  const openrouter = source("openrouter", ["a/one"]);
  const openai = source("openai", ["llama"]);
  const connect = (apiKey: string | null) => {
    keys.push(apiKey);
    return openai.connect(apiKey);
  };
  const directory = directoryWith({ sources: [openrouter, { ...openai, connect }] });
  expect(await directory.requireModel(ada, "llama")).toMatchObject({
    route: { provider: "openai", payer: "person", credentialId: "openai of ada" },
    model: { id: "llama" },
  });
  expect(await directory.requireModel(ada, "a/one")).toMatchObject({ route: { provider: "openrouter" } });
  await directory.requireModel(bob, "llama");
  expect(keys.at(-1)).toBe("key of bob at https://openai.example/v1");
});

test("what is stated of a price counts where the server is silent, the named model's before that of all others", async () => {
  const prices = [
    { model: "*", inputPrice: 1, outputPrice: 2, contextLength: null },
    { model: "llama", inputPrice: 0.25, outputPrice: 0, contextLength: 8_192 },
  ];
  const home = source("ep_home", ["llama", "qwen"], { prefix: "ep_home/", needsKey: false, prices });
  const away = source("ep_away", down, { prefix: "ep_away/", needsKey: false, prices });
  const told = silentProvider("openrouter", []);
  const listModels = async () => [plainModel({ id: "a/one", provider: "p", inputPrice: 9, outputPrice: 9 })];
  const openrouter = sourceOf({ ...told, listModels }, { prices });
  const directory = directoryWith({ sources: [openrouter], ofPerson: { [ada]: [home, away] } });
  const priceOf = async (model: string) => (await directory.requireModel(ada, model)).model;
  expect(await priceOf("ep_home/llama")).toMatchObject({
    inputPrice: 0.25,
    outputPrice: 0,
    contextLength: 8_192,
  });
  expect(await priceOf("ep_home/qwen")).toMatchObject({ inputPrice: 1, outputPrice: 2 });
  expect(await priceOf("ep_away/llama")).toMatchObject({ id: "ep_away/llama", inputPrice: 0.25 });
  expect(await priceOf("a/one")).toMatchObject({ inputPrice: 9, outputPrice: 9, contextLength: null });
  const { items } = await directory.list(ada);
  expect(items.map(({ id, inputPrice }) => [id, inputPrice])).toEqual([
    ["a/one", 9],
    ["ep_home/llama", 0.25],
    ["ep_home/qwen", 1],
  ]);
});

test("a model that nobody offers is refused", async () => {
  const directory = directoryWith({ sources: [source("openrouter", ["a/one"])] });
  await expect(directory.requireModel(ada, "a/none")).rejects.toMatchObject({
    type: "invalid_request",
    details: { reason: "model_not_offered" },
  });
  expect(await directory.getModel(ada, "parley/offline")).toBeNull();
});

test("a provider that cannot be asked holds up no chat: it has the last word itself", async () => {
  const directory = directoryWith({ sources: [source("openrouter", down)], configuredDefault: "a/one" });
  expect(await directory.requireModel(ada, "a/one")).toMatchObject({
    route: { provider: "openrouter" },
    model: null,
  });
  expect(await directory.requireModel(ada, "a/other")).toMatchObject({ route: { provider: "openrouter" } });
  const { items, providers } = await directory.list(ada);
  expect(items.map(({ id, availability }) => [id, availability.status])).toEqual([["a/one", "available"]]);
  expect(providers).toEqual([
    { id: "openrouter", name: "openrouter", readAt: null, failure: "provider_unavailable" },
  ]);
});

test("where no list can be read and no default is configured, the offline assistant is listed until one is, and answers nothing unasked", async () => {
  const unread = directoryWith({ sources: [source("openrouter", down)] });
  await expect(unread.defaultModel(ada)).rejects.toMatchObject({ type: "provider_unavailable" });
  expect(await unread.list(ada)).toMatchObject({
    items: [{ id: "parley/offline", availability: { status: "available" } }],
    defaultModel: "parley/offline",
    providers: [{ id: "openrouter", failure: "provider_unavailable" }, { id: "offline" }],
  });
  expect((await unread.requireModel(ada, "parley/offline")).route.provider).toBe("offline");
  expect((await unread.requireModel(ada, "a/one")).route.provider).toBe("openrouter");

  const empty = directoryWith({ sources: [source("openai", [])] });
  expect(await empty.defaultModel(ada)).toBe("parley/offline");
  expect((await empty.list(ada)).installationDefault).toBe("parley/offline");
  const preferring = directoryWith({
    sources: [source("openrouter", down)],
    preferences: { [ada]: { defaultModel: "a/one" } },
  });
  expect((await preferring.list(ada)).defaultModel).toBe("a/one");
});

test("the models of an endpoint are called by it, and are those of the people who may use it", async () => {
  const asked: string[] = [];
  const home = source("ep_home", ["llama"], { name: "At home", prefix: "ep_home/", needsKey: false });
  const provider = home.connect(null);
  const connect = () => ({
    ...provider,
    stream(request: { model: string }) {
      asked.push(request.model);
      return provider.stream(anyRequest, new AbortController().signal);
    },
  });
  const directory = directoryWith({
    sources: [source("openrouter", ["a/one"])],
    ofPerson: { [ada]: [{ ...home, connect }] },
  });
  expect((await directory.list(ada)).items.map(({ id, name, provider: by }) => [id, name, by])).toEqual([
    ["a/one", "a/one", "openrouter"],
    ["ep_home/llama", "llama", "ep_home"],
  ]);
  const served = await directory.requireModel(ada, "ep_home/llama");
  served.provider.stream({ ...anyRequest, model: "ep_home/llama" }, new AbortController().signal);
  expect(asked).toEqual(["llama"]);
  expect(await directory.providerName(ada, "ep_home")).toBe("At home");
  await expect(directory.requireModel(bob, "ep_home/llama")).rejects.toMatchObject({
    type: "invalid_request",
  });
});

test("an endpoint that does not answer keeps no other model from being asked", async () => {
  const home = source("ep_home", down, { prefix: "ep_home/", needsKey: false });
  const directory = directoryWith({
    sources: [source("openrouter", ["a/one"])],
    ofPerson: { [ada]: [home] },
  });
  expect(await directory.getModel(ada, "a/none")).toBeNull();
  expect(await directory.getModel(ada, "ep_home/anything")).toMatchObject({ route: { provider: "ep_home" } });
});

test("what a model does not take is not sent, and the person is called by a name that tells nothing", async () => {
  const openrouter = source("openrouter", ["a/one"]);
  const requests: unknown[] = [];
  const provider = openrouter.connect(null);
  const connect = () => ({
    ...provider,
    listModels: async () =>
      (await provider.listModels(new AbortController().signal)).map((model) => ({
        ...model,
        parameters: ["seed"],
      })),
    stream(request: unknown) {
      requests.push(request);
      return provider.stream(anyRequest, new AbortController().signal);
    },
  });
  const directory = directoryWith({ sources: [{ ...openrouter, connect }] });
  const { provider: served } = await directory.requireModel(ada, "a/one");
  const request = { ...anyRequest, settings: { temperature: 1, seed: 7 } };
  await readAll(served.stream(request, new AbortController().signal));
  expect(requests).toMatchObject([{ settings: { seed: 7 }, user: "pseudonym of ada" }]);
  expect(requests).not.toMatchObject([{ settings: { temperature: 1 } }]);
});

test("a key is noted to work, or why it does not", async () => {
  const noted: unknown[] = [];
  const refused = new AppError("key_invalid", "refused");
  const openrouter = source("openrouter", ["a/one"]);
  const plays: (AppError | "answer")[] = ["answer", refused, down];
  const connect = () => ({
    ...openrouter.connect(null),
    async *stream() {
      const next = plays.shift();
      if (next instanceof AppError) throw next;
      yield { type: "text-delta", text: "a" } as const;
      yield { type: "text-delta", text: "b" } as const;
    },
  });
  const directory = directoryWith({
    sources: [{ ...openrouter, connect }],
    noteUse: (...use) => noted.push(use),
  });
  const { provider } = await directory.requireModel(ada, "a/one");
  for (const outcome of [null, refused, down]) {
    const error = await readAll(provider.stream(anyRequest, new AbortController().signal));
    expect(error).toBe(outcome);
  }
  expect(noted).toEqual([
    ["openrouter of ada", null],
    ["openrouter of ada", "key_invalid"],
  ]);
});

test("favourites and the latest chosen are marked for the person", async () => {
  const directory = directoryWith({
    sources: [source("openrouter", ["a/one", "b/two"])],
    preferences: { [ada]: { favourites: ["b/two"], recent: ["a/one", "b/two"] } },
  });
  expect((await directory.list(ada)).items).toMatchObject([
    { isFavourite: false, recentRank: 0 },
    { isFavourite: true, recentRank: 1 },
  ]);
  expect((await directory.list(bob)).items).toMatchObject([
    { isFavourite: false, recentRank: null },
    { isFavourite: false, recentRank: null },
  ]);
});

const anyRequest = { model: "a/one", messages: [], settings: {}, chatId: "chat" };

function source(
  id: string,
  answer: readonly string[] | AppError,
  given: Partial<ModelSource> = {},
): ModelSource {
  return sourceOf(silentProvider(id, answer), given);
}

function directoryWith({
  sources,
  ofPerson = {},
  keyless = [],
  preferences = {},
  configuredDefault = null,
  noteUse = () => {},
}: {
  sources: readonly ModelSource[];
  ofPerson?: Record<string, ModelSource[]>;
  keyless?: readonly string[];
  preferences?: Record<string, Partial<ModelPreferences>>;
  configuredDefault?: string | null;
  noteUse?: KeyRing["noteUse"];
}) {
  const keyFor = async (userId: string, provider: string, baseUrl: string): Promise<ModelKey | null> =>
    keyless.includes(userId) || provider.startsWith("ep_")
      ? null
      : {
          apiKey: `key of ${userId} at ${baseUrl}`,
          payer: "person",
          credentialId: `${provider} of ${userId}`,
        };
  return createModelDirectory({
    sourcesOf: async (userId) => [...sources, ...(ofPerson[userId] ?? [])],
    fallback: source("offline", ["parley/offline"], { needsKey: false }),
    keys: { keyFor, noteUse },
    shelves: createShelves({ store: null }),
    preferencesOf: async (userId) => modelPreferencesSchema.parse(preferences[userId] ?? {}),
    pseudonymOf: (userId) => `pseudonym of ${userId}`,
    configuredDefault,
  });
}

async function readAll(chunks: AsyncIterable<unknown>): Promise<unknown> {
  try {
    for await (const _ of chunks);
    return null;
  } catch (error) {
    return error;
  }
}
