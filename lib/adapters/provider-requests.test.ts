import { describe, expect, test, vi } from "vitest";
import type { ModelProvider, ModelRequest } from "@/lib/models/provider";
import { createOpenAICompatibleProvider } from "./openai-compatible";
import { createOpenRouterProvider } from "./openrouter";
import { safeError } from "./testing/failure-of";
import { apiKey, asking, hear, neverAborted, providersUnderTest } from "./testing/providers-under-test";
import {
  answerWith,
  delta,
  done,
  type Exchange,
  finish,
  startStandIn,
  streamOf,
} from "./testing/stand-in-server";

const conversation: ModelRequest = {
  model: "maker/model-1:free",
  chatId: "chat-7",
  messages: [
    { role: "system", text: "Be brief." },
    { role: "user", text: "Hello" },
    { role: "assistant", text: "Hello." },
    { role: "system", text: "Be briefer." },
    { role: "user", text: "مرحبا 👋" },
  ],
  settings: {
    temperature: 0.5,
    topP: 0.9,
    maxOutputTokens: 100,
    stop: ["END"],
    seed: 7,
    reasoningEffort: "low",
    fromAnotherApp: true,
  },
};

test("OpenRouter is asked with the settings, the chat as session, and the app's name", async () => {
  const { headers, body } = await requestOf(conversation, (baseUrl) =>
    createOpenRouterProvider({ apiKey, baseUrl: `${baseUrl}/`, appUrl: "https://parley.example" }),
  );
  expect(headers).toMatchObject({
    authorization: `Bearer ${apiKey}`,
    "http-referer": "https://parley.example",
    "x-openrouter-title": "Parley",
  });
  expect(body).toMatchObject({
    model: "maker/model-1:free",
    stream: true,
    temperature: 0.5,
    top_p: 0.9,
    max_tokens: 100,
    stop: ["END"],
    seed: 7,
    reasoning: { effort: "low" },
    session_id: "chat-7",
  });
  expect(JSON.stringify(body)).not.toContain("fromAnotherApp");
});

test("OpenRouter is told which hosts may answer, which models stand in, and a name for the person that tells nothing", async () => {
  const routing = {
    sort: "price" as const,
    only: ["deepinfra", "together"],
    ignore: ["azure"],
    zeroDataRetention: true,
    allowFallbacks: false,
    maxPrice: { input: 0.5, output: 4 },
    fallbackModels: ["maker/model-2"],
  };
  const asked = { ...conversation, settings: { routing }, user: "pseudonym" };
  const { body } = await requestOf(asked, (baseUrl) =>
    createOpenRouterProvider({ apiKey, baseUrl, appUrl: "https://parley.example" }),
  );
  expect(body).toMatchObject({
    model: "maker/model-1:free",
    models: ["maker/model-1:free", "maker/model-2"],
    user: "pseudonym",
  });
  expect(body.provider).toEqual({
    sort: "price",
    only: ["deepinfra", "together"],
    ignore: ["azure"],
    zdr: true,
    allow_fallbacks: false,
    max_price: { prompt: 0.5, completion: 4 },
  });

  const plain = await requestOf(
    { ...conversation, settings: { routing: { only: [], ignore: [], fallbackModels: [], maxPrice: {} } } },
    (baseUrl) => createOpenRouterProvider({ apiKey, baseUrl, appUrl: "https://parley.example" }),
  );
  for (const name of ["provider", "models", "user"]) expect(plain.body).not.toHaveProperty(name);
});

test("an OpenAI-compatible server is asked with the settings under OpenAI's names", async () => {
  const { headers, body } = await requestOf(conversation, (baseUrl) =>
    createOpenAICompatibleProvider({ id: "openai", apiKey, baseUrl: `${baseUrl}/` }),
  );
  expect(headers).toMatchObject({ authorization: `Bearer ${apiKey}` });
  expect(body).toMatchObject({
    model: "maker/model-1:free",
    stream: true,
    stream_options: { include_usage: true },
    temperature: 0.5,
    top_p: 0.9,
    max_tokens: 100,
    stop: ["END"],
    seed: 7,
    reasoning_effort: "low",
  });
  expect(JSON.stringify(body)).not.toMatch(/fromAnotherApp|session_id/);
});

test("a server that wants no key is sent none", async () => {
  vi.stubEnv("OPENAI_API_KEY", "sk-of-the-environment");
  const { headers } = await requestOf(conversation, (baseUrl) =>
    createOpenAICompatibleProvider({ id: "openai", apiKey: null, baseUrl }),
  );
  vi.unstubAllEnvs();
  expect(headers.authorization).toBeUndefined();
});

test("OpenRouter is told up to where a prompt stays the same, in the form that Anthropic's models take", async () => {
  const messages = [
    { role: "system" as const, text: "Be brief.", isCached: true },
    { role: "user" as const, text: "Hello", isCached: true },
    { role: "assistant" as const, text: "Hello." },
    { role: "user" as const, text: "Go on" },
  ];
  const marked = { ...conversation, messages };
  const { body } = await requestOf(marked, (baseUrl) =>
    createOpenRouterProvider({ apiKey, baseUrl, appUrl: "https://parley.example" }),
  );
  const cache_control = { type: "ephemeral" };
  expect(body.messages).toEqual([
    { role: "system", content: [{ type: "text", text: "Be brief.", cache_control }] },
    { role: "user", content: [{ type: "text", text: "Hello", cache_control }] },
    { role: "assistant", content: "Hello." },
    { role: "user", content: "Go on" },
  ]);
  const openai = await requestOf(marked, (baseUrl) =>
    createOpenAICompatibleProvider({ id: "openai", apiKey, baseUrl }),
  );
  expect(JSON.stringify(openai.body)).not.toContain("cache_control");
});

describe.each(providersUnderTest)("$name", ({ create }) => {
  test("the body can be had without sending it, to the byte, and has no key in it", async () => {
    const { raw } = await requestOf(conversation, (baseUrl) => create({ baseUrl }));
    const body = await create({ baseUrl: "https://nowhere.example/v1" }).bodyOf?.(conversation);
    expect(body).toBe(raw);
    expect(body).not.toContain(apiKey);
  });

  test("the conversation is sent in its order", async () => {
    const { body } = await requestOf(conversation, (baseUrl) => create({ baseUrl }));
    expect(spokenIn(body)).toEqual(conversation.messages.map(({ role, text }) => [role, text]));
  });

  test("settings that nobody made are not sent", async () => {
    const { body } = await requestOf({ ...conversation, settings: {} }, (baseUrl) => create({ baseUrl }));
    for (const name of [
      "temperature",
      "top_p",
      "max_tokens",
      "stop",
      "seed",
      "reasoning",
      "reasoning_effort",
    ]) {
      expect(body).not.toHaveProperty(name);
    }
  });

  test("a setting that the model does not take makes no noise", async () => {
    const noise = [vi.spyOn(console, "warn"), vi.spyOn(console, "info"), vi.spyOn(console, "error")];
    await requestOf({ ...conversation, model: "gpt-5-mini" }, (baseUrl) => create({ baseUrl }));
    for (const spy of noise) expect(spy).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });

  test("a key with what no key has is a wrong key, and is not quoted", async () => {
    const baseUrl = await startStandIn(answerWith(200, {}));
    for (const pasted of ["sk-or-v1-0123456789abcdef…", "sk-or-v1-0123\n456"]) {
      for (const provider of [
        createOpenRouterProvider({ apiKey: pasted, baseUrl, appUrl: "https://parley.example" }),
        createOpenAICompatibleProvider({ id: "openai", apiKey: pasted, baseUrl }),
      ]) {
        const { error } = await hear(provider.stream(asking("Hello"), neverAborted()));
        expect(safeError(error).type).toBe("key_invalid");
        const checked = await provider.check(neverAborted()).catch((failure: unknown) => failure);
        expect(safeError(checked).type).toBe("key_invalid");
      }
    }
  });
});

async function requestOf(request: ModelRequest, create: (baseUrl: string) => ModelProvider) {
  const seen: Exchange[] = [];
  const baseUrl = await startStandIn((exchange) => {
    seen.push(exchange);
    streamOf(delta({ content: "Hello" }), finish, done)(exchange);
  });
  const heard = await hear(create(baseUrl).stream(request, neverAborted()));
  expect(heard.error).toBeNull();
  expect(seen).toHaveLength(1);
  const [exchange] = seen;
  expect(exchange?.request.url).toBe("/v1/chat/completions");
  const raw = exchange?.body ?? "";
  const body: Record<string, unknown> = JSON.parse(raw);
  return { headers: exchange?.request.headers ?? {}, body, raw };
}

function spokenIn(body: Record<string, unknown>): unknown[] {
  const messages = Array.isArray(body.messages) ? body.messages : [];
  return messages.map(({ role, content }) => [
    role,
    typeof content === "string" ? content : content.map(({ text }: { text: string }) => text).join(""),
  ]);
}
