import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { rawExchange } from "./raw-exchange.ts";
import { scriptedText } from "./scripted-text.ts";
import { type ScriptedModel, startScriptedModel } from "./start-scripted-model.ts";
import { scriptFor } from "./turn.ts";

let server: ScriptedModel;
beforeAll(async () => {
  server = await startScriptedModel();
});
beforeEach(() => server.reset());
afterAll(() => server.close());

test("no key and an invalid key are refused with 401, everywhere but in the public list of models", async () => {
  for (const authorization of ["", "Bearer sk-or-invalid-1"]) {
    const headers: Record<string, string> = authorization === "" ? {} : { authorization };
    for (const path of ["/api/v1/key", "/api/v1/generation?id=x", "/v1/models"]) {
      expect((await fetch(server.url + path, { headers })).status).toBe(401);
    }
    const completion = await fetch(`${server.baseUrl}/chat/completions`, {
      method: "POST",
      headers,
      body: JSON.stringify(body("Hi")),
    });
    expect(completion.status).toBe(401);
    expect(await completion.json()).toMatchObject({ error: { code: 401 } });
  }
  expect((await fetch(`${server.baseUrl}/models`)).status).toBe(200);
});

test("the models are OpenRouter's objects: one free, some that see, call tools and reason", async () => {
  const { data } = await get("/api/v1/models");
  expect(data.find(({ id }: ModelObject) => id === "deepseek/deepseek-r1-0528:free")).toMatchObject({
    pricing: { prompt: "0", completion: "0" },
    context_length: 163_840,
    reasoning: { supported_efforts: ["low", "medium", "high"] },
  });
  expect(data.find(({ id }: ModelObject) => id === "anthropic/claude-opus-4.1")).toMatchObject({
    pricing: { prompt: "0.000015", completion: "0.000075" },
    architecture: { input_modalities: ["image", "text", "file"], output_modalities: ["text"] },
    top_provider: { context_length: 200_000, max_completion_tokens: 32_000 },
  });
  expect(
    data.filter(({ supported_parameters: known }: ModelObject) => known.includes("tools")).length,
  ).toBeGreaterThan(3);
  expect(new Set(data.map(({ id }: ModelObject) => id)).size).toBe(data.length);
});

test("the same text comes whole when no stream is asked for, at once and whatever would break a stream", async () => {
  const prompt = "[[tokens=50 reasoning=5 interval=60000 delay=60000 cut-after=3]]";
  const { json } = await post({ prompt });
  expect(json.choices[0].message.content).toBe(scriptedText(scriptFor("scripted/burst", prompt)));
  expect(json.choices[0].message.reasoning).toBe("Bridge thimble mirror violet window.");
  expect(json).toMatchObject({ object: "chat.completion", usage: { completion_tokens: 55 } });
});

test("OpenAI's paths answer the same", async () => {
  const { response, json } = await post({ prompt: "[[say=Hello]]", path: "/v1/chat/completions" });
  expect(response.status).toBe(200);
  expect(json.choices[0].message.content).toBe("Hello");
});

test("a tool call streams its arguments in pieces, with an id of its own", async () => {
  const { body: text } = await rawExchange(server.url, body(`[[tool=add args='{"a":1,"b":[2,3]}']]`));
  const calls = text
    .split("\n\n")
    .filter((line) => line.includes("tool_calls") && line.includes("arguments"))
    .map((line) => JSON.parse(line.slice(6)).choices[0].delta.tool_calls[0]);
  expect(calls[0]).toMatchObject({ index: 0, type: "function", function: { name: "add", arguments: "" } });
  expect(calls[0].id).toMatch(/^call_/);
  expect(calls.length).toBeGreaterThan(2);
  expect(calls.map((call) => call.function.arguments).join("")).toBe('{"a":1,"b":[2,3]}');
  expect(text).toContain('"finish_reason":"tool_calls"');
  const { json } = await post({ prompt: "[[tool=add args='{}']]" });
  expect(json.choices[0]).toMatchObject({
    finish_reason: "tool_calls",
    message: { content: null, tool_calls: [{ function: { name: "add", arguments: "{}" } }] },
  });
});

test("finish reasons, pictures and the missing usage come as asked", async () => {
  const length = await post({ prompt: "[[say=a finish=length image=2 usage=off]]" });
  expect(length.json.choices[0].finish_reason).toBe("length");
  expect(length.json.choices[0].message.images).toHaveLength(2);
  expect(length.json.usage).toBeUndefined();
  const { body: text } = await rawExchange(
    server.url,
    body("[[say=a image usage=off finish=content_filter]]"),
  );
  expect(text).toContain('"images":[{"type":"image_url","image_url":{"url":"data:image/png;base64,');
  expect(text).toContain('"finish_reason":"content_filter"');
  expect(text).not.toContain('"usage"');
});

test("what OpenRouter refuses is refused: no JSON, no messages, an unknown model, a prefill", async () => {
  const bodies = ["{", "[]", '{"model":"scripted/echo"}', '{"model":"scripted/echo","messages":[]}'];
  for (const broken of bodies) expect((await send(broken)).status).toBe(400);
  const unknown = await post({ model: "nobody/nothing" });
  expect(unknown.json.error.message).toBe("nobody/nothing is not a valid model ID");
  expect((await post({ model: "scripted/echo:nitro" })).response.status).toBe(200);
  const typo = await post({ prompt: "[[tokns=5]]" });
  expect(typo.json.error.message).toBe('Scripted model: unknown directive "tokns"');
  const messages = [...body("Hi").messages, { role: "assistant", content: "Well" }];
  const prefill = await send(JSON.stringify({ ...body("Hi"), model: "scripted/no-prefill", messages }));
  expect(prefill.status).toBe(400);
  expect(await prefill.text()).toContain("prefill");
});

test("every request is recorded with its body and without its key", async () => {
  await post({ prompt: "[[say=Hello]]" });
  await post({ prompt: "[[error=500]]" });
  await rawExchange(server.url, body("[[tokens=4]]"), { headers: { Authorization: "Bearer sk-or-other" } });
  const { requests } = await get("/_scripted/requests");
  expect(requests).toEqual(server.requests());
  expect(requests).toMatchObject([
    {
      state: "completed",
      stream: false,
      status: 200,
      path: "/api/v1/chat/completions",
      finishReason: "stop",
    },
    { state: "refused", status: 500, aborted: false },
    { state: "completed", stream: true, tokensSent: 4, model: "scripted/burst", body: body("[[tokens=4]]") },
  ]);
  expect(requests[0]?.auth).toBe(requests[1]?.auth);
  expect(requests[0]?.auth).not.toBe(requests[2]?.auth);
  expect(JSON.stringify(requests)).not.toContain("sk-or");
  await fetch(`${server.url}/_scripted/requests`, { method: "DELETE" });
  expect(server.requests()).toEqual([]);
});

test("the statistics count what runs, what ended and how", async () => {
  const own = await startScriptedModel();
  const ask = (prompt: string, leaveWhen?: (received: string) => boolean) =>
    rawExchange(own.url, body(prompt), { leaveWhen });
  const open = rawExchange(own.url, { ...body("Hi"), model: "scripted/stall" });
  await own.until(({ state }) => state === "stalled");
  await ask("[[tokens=3]]");
  await ask("[[tokens=3 cut-after=1]]");
  await ask("[[error=500]]");
  await ask("[[tokens=99 interval=50]]", (received) => received.includes("content"));
  await own.until(({ aborted }) => aborted);
  const { models, total } = await (await fetch(`${own.url}/_scripted/stats`)).json();
  expect(models["scripted/stall"]).toMatchObject({ active: 1, started: 1, tokens: 20 });
  expect(models["scripted/burst"]).toMatchObject({
    active: 0,
    started: 4,
    completed: 1,
    failed: 1,
    refused: 1,
    aborted: 1,
  });
  expect(total).toMatchObject({ active: 1, started: 5 });
  await own.close();
  expect((await open).isWhole).toBe(false);
});

test("a generation can be looked up afterwards, with its cost", async () => {
  const { headers } = await rawExchange(server.url, body("[[tokens=4 prompt-tokens=10 cost=0.25 cached=6]]"));
  const { data } = await get(`/api/v1/generation?id=${headers["x-generation-id"]}`);
  expect(data).toMatchObject({
    id: headers["x-generation-id"],
    total_cost: 0.25,
    tokens_prompt: 10,
    tokens_completion: 4,
    native_tokens_cached: 6,
    cancelled: false,
    finish_reason: "stop",
    streamed: true,
  });
  const missing = await fetch(`${server.baseUrl}/generation?id=gen-0`, {
    headers: { authorization: "Bearer k" },
  });
  expect(missing.status).toBe(404);
});

test("the key is described without being repeated", async () => {
  const { data } = await get("/api/v1/key");
  expect(data).toMatchObject({ label: "sk-or-te...est", limit_remaining: 98.5, is_free_tier: false });
});

test("two servers run side by side, and a closed one leaves its port", async () => {
  const other = await startScriptedModel();
  expect(other.url).not.toBe(server.url);
  await rawExchange(other.url, body("Hi"));
  expect(server.requests()).toEqual([]);
  const port = Number(new URL(other.url).port);
  await other.close();
  const again = await startScriptedModel({ port });
  expect(again.url).toBe(other.url);
  await again.close();
});

test("waiting for a request that never comes ends with an error", async () => {
  await expect(server.until(() => false, 10)).rejects.toThrow("no request matched within 10 ms");
});

function body(prompt: string) {
  return { model: "scripted/burst", stream: true, messages: [{ role: "user", content: prompt }] };
}

type ModelObject = { id: string; supported_parameters: string[] };

type Ask = { prompt?: string; model?: string; stream?: boolean; path?: string };

async function post({ prompt = "Hi", model = "scripted/burst", stream = false, path }: Ask) {
  const response = await send(JSON.stringify({ ...body(prompt), model, stream }), path);
  return { response, json: await response.json() };
}

function send(source: string, path = "/api/v1/chat/completions") {
  return fetch(server.url + path, {
    method: "POST",
    headers: { authorization: "Bearer sk-or-test", "content-type": "application/json" },
    body: source,
  });
}

async function get(path: string) {
  const response = await fetch(server.url + path, { headers: { authorization: "Bearer sk-or-test" } });
  return await response.json();
}
