import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ScriptedModel, startScriptedModel } from "@/e2e/scripted-model/start-scripted-model";
import { catalogueModelSchema } from "@/lib/models/catalogue";
import { createOpenAICompatibleProvider } from "./openai-compatible";
import { createOpenRouterProvider } from "./openrouter";
import { safeError } from "./testing/failure-of";
import { apiKey, neverAborted, providersUnderTest } from "./testing/providers-under-test";
import { answerWith, startStandIn } from "./testing/stand-in-server";

let scripted: ScriptedModel;

beforeAll(async () => {
  scripted = await startScriptedModel();
});
afterAll(() => scripted.close());

test("OpenRouter's models come with what is known of them", async () => {
  const models = await openrouter(scripted.baseUrl).listModels(neverAborted());
  expect(models.find(({ id }) => id === "openai/gpt-5-mini")).toMatchObject({
    name: "OpenAI: GPT-5 Mini",
    provider: "openrouter",
    contextLength: 400_000,
    maxOutputTokens: 128_000,
    inputModalities: ["text", "image", "file"],
    outputModalities: ["text"],
    inputPrice: 0.25,
    outputPrice: 2,
  });
  for (const model of models) expect(catalogueModelSchema.parse(model)).toEqual(model);
});

test("a model of OpenRouter's that says less, or something odd, is listed with what is left", async () => {
  const data = [
    {
      id: "a/b",
      name: 7,
      context_length: "long",
      pricing: { prompt: "-1", completion: null },
      architecture: [],
    },
    { name: "without an id" },
    null,
    {
      id: "openrouter/auto",
      pricing: { prompt: "0.00000055", completion: "0.0000022" },
      top_provider: { context_length: 9 },
    },
  ];
  const baseUrl = await startStandIn(answerWith(200, { data }));
  expect(await openrouter(baseUrl).listModels(neverAborted())).toMatchObject([
    {
      id: "a/b",
      name: "a/b",
      contextLength: null,
      inputPrice: null,
      outputPrice: null,
      inputModalities: ["text"],
    },
    { id: "openrouter/auto", contextLength: 9, inputPrice: 0.55, outputPrice: 2.2, parameters: [] },
  ]);
});

test("an OpenAI-compatible list of ids is a catalogue", async () => {
  const data = [
    { id: "llama3.2", object: "model" },
    { id: "qwen3", max_model_len: 4096 },
    { object: "model" },
  ];
  const baseUrl = await startStandIn(answerWith(200, { object: "list", data }));
  const provider = createOpenAICompatibleProvider({ id: "openai", apiKey: null, baseUrl });
  const models = await provider.listModels(neverAborted());
  expect(models).toMatchObject([
    { id: "llama3.2", name: "llama3.2", provider: "openai", contextLength: null, inputPrice: null },
    { id: "qwen3", contextLength: 4096 },
  ]);
  for (const model of models) expect(catalogueModelSchema.parse(model)).toEqual(model);
});

test("OpenRouter's models are read without a key, so that a wrong one spoils nobody's list", async () => {
  const wrong = createOpenRouterProvider({
    apiKey: "sk-invalid",
    baseUrl: scripted.baseUrl,
    appUrl: "https://a.example",
  });
  expect((await wrong.listModels(neverAborted())).length).toBeGreaterThan(10);
});

test("a gateway that shows its models to nobody without a key is sent it", async () => {
  const baseUrl = await startStandIn((exchange) => {
    const isKnown = exchange.request.headers.authorization === `Bearer ${apiKey}`;
    answerWith(isKnown ? 200 : 401, isKnown ? { data: [{ id: "a/b" }] } : {})(exchange);
  });
  expect(await openrouter(baseUrl).listModels(neverAborted())).toMatchObject([{ id: "a/b" }]);
});

test("what a model costs beside text, how hard it thinks and when it goes are in the catalogue", async () => {
  const data = [
    {
      id: "a/b",
      created: 1_748_455_170,
      expiration_date: "2026-12-31T00:00:00Z",
      reasoning: { supported_efforts: ["low", "high"] },
      pricing: {
        prompt: "0.000001",
        completion: "0.000002",
        request: "0.01",
        image: "0.003",
        internal_reasoning: "0.000004",
        input_cache_read: "0.0000001",
        input_cache_write: "0.00000125",
      },
    },
    { id: "a/odd", created: -5, expiration_date: "soon", reasoning: "yes" },
  ];
  const baseUrl = await startStandIn(answerWith(200, { data }));
  expect(await openrouter(baseUrl).listModels(neverAborted())).toMatchObject([
    {
      cachedInputPrice: 0.1,
      cacheWritePrice: 1.25,
      reasoningPrice: 4,
      requestPrice: 0.01,
      imagePrice: 0.003,
      reasoningEfforts: ["low", "high"],
      createdAt: "2025-05-28T17:59:30.000Z",
      expiresAt: "2026-12-31",
    },
    { cachedInputPrice: null, reasoningEfforts: [], createdAt: null, expiresAt: null },
  ]);
});

test("OpenRouter's key is checked where keys are known, though its models are open to all", async () => {
  await expect(openrouter(scripted.baseUrl).check(neverAborted())).resolves.toBeUndefined();
  const wrong = createOpenRouterProvider({
    apiKey: "sk-invalid",
    baseUrl: scripted.baseUrl,
    appUrl: "https://a.example",
  });
  expect(safeError(await failure(wrong.check(neverAborted()))).type).toBe("key_invalid");
});

describe.each(providersUnderTest)("$name", ({ name, create }) => {
  test("it can be asked for its models and checked", async () => {
    const provider = create({ baseUrl: scripted.baseUrl });
    expect((await provider.listModels(neverAborted())).length).toBeGreaterThan(10);
    await expect(provider.check(neverAborted())).resolves.toBeUndefined();
  });

  test.each<[string, Parameters<typeof answerWith>, string]>([
    ["a key that is refused", [401, { error: { message: "sk-or-v1-0123456789abcdef" } }], "key_invalid"],
    ["a limit", [429, {}, { "retry-after": "3" }], "provider_rate_limited"],
    ["an address that is wrong", [404, "Not found"], "provider_unavailable"],
    [
      "an error under 200",
      [200, { error: { code: 402, message: "sk-or-v1-0123456789abcdef" } }],
      "provider_credits",
    ],
    ["something that is not JSON", [200, "<html>sk-or-v1-0123456789abcdef</html>"], "provider_error"],
  ])("%s is told by both", async (_, answer, type) => {
    const provider = create({ baseUrl: await startStandIn(answerWith(...answer)) });
    const asked = [provider.listModels(neverAborted()), provider.check(neverAborted())];
    for (const failed of await Promise.all(asked.map(failure))) {
      const error = safeError(failed);
      expect(error).toMatchObject({ type, provider: name });
      expect(error.details?.reason).toBeUndefined();
    }
  });

  test("a provider that does not answer is given up on", async () => {
    const baseUrl = await startStandIn(() => {});
    const provider = create({ baseUrl, deadlines: { requestMs: 50 } });
    expect(safeError(await failure(provider.check(neverAborted()))).type).toBe("provider_timeout");
  });

  test("an abort throws its reason", async () => {
    const abort = new AbortController();
    const reason = new Error("enough");
    const baseUrl = await startStandIn(() => abort.abort(reason));
    expect(await failure(create({ baseUrl }).listModels(abort.signal))).toBe(reason);
  });
});

function openrouter(baseUrl: string) {
  return createOpenRouterProvider({ apiKey, baseUrl, appUrl: "https://parley.example" });
}

function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => null,
    (error: unknown) => error,
  );
}
