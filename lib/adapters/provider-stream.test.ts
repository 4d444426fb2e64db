import type { ServerResponse } from "node:http";
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ScriptedModel, startScriptedModel } from "@/e2e/scripted-model/start-scripted-model";
import { asking, hear, neverAborted, providersUnderTest } from "./testing/providers-under-test";
import { delta, done, finish, frameOf, startStandIn, streamOf } from "./testing/stand-in-server";

let scripted: ScriptedModel;

beforeAll(async () => {
  scripted = await startScriptedModel();
});
afterAll(() => scripted.close());

describe.each(providersUnderTest)("$name", ({ create }) => {
  const heardFrom = (baseUrl: string, prompt = "Hello", model = "scripted/burst") =>
    hear(create({ baseUrl }).stream(asking(prompt, { model }), neverAborted()));

  test("an answer is its text, its reasoning, its usage, and one finish at the end", async () => {
    const heard = await heardFrom(
      scripted.baseUrl,
      '[[say="The quick brown fox." reasoning=5 prompt-tokens=11 cached=3 cost=0.0000285]]',
    );
    expect(heard).toMatchObject({
      error: null,
      text: "The quick brown fox.",
      finish: {
        reason: "stop",
        costMicros: 29,
        usage: { inputTokens: 11, reasoningTokens: 5, cachedTokens: 3 },
      },
    });
    expect(heard.reasoning).not.toBe("");
    expect(heard.chunks.at(-1)?.type).toBe("finish");
    expect(heard.chunks.filter(({ type }) => type === "finish")).toHaveLength(1);
  });

  test.each([
    ["[[tokens=3 finish=length]]", "length"],
    ["[[tokens=3 finish=content_filter]]", "content-filter"],
    ["[[tokens=0]]", "stop"],
  ])("%s is a success", async (prompt, reason) => {
    expect(await heardFrom(scripted.baseUrl, prompt)).toMatchObject({ error: null, finish: { reason } });
  });

  test("an answer without usage is complete, and says nothing of tokens or cost", async () => {
    const heard = await heardFrom(scripted.baseUrl, "[[tokens=3 usage=off]]");
    expect(heard.finish).toEqual({ type: "finish", reason: "stop", usage: null, costMicros: null });
  });

  test("characters cut in two on the way arrive whole", async () => {
    const whole = await heardFrom(scripted.baseUrl, "[[text=unicode]]");
    const split = await heardFrom(scripted.baseUrl, "[[text=unicode split]]");
    expect(split.error).toBeNull();
    expect(split.text).toBe(whole.text);
    expect(split.text).toMatch(/\p{Script=Arabic}/u);
    expect(split.text).not.toContain("\ufffd");
  });

  test("text and reasoning arrive byte by byte as they left", async () => {
    const text = "👩🏽‍🚀 مرحبا \u0000\u2028 日本語 é";
    const bytes = Buffer.from(
      [delta({ reasoning: `🤔${text}` }), delta({ content: text }), finish].map(frameOf).join("") + done,
    );
    const baseUrl = await startStandIn(async ({ response }) => {
      response.socket?.setNoDelay(true);
      response.writeHead(200, { "content-type": "text/event-stream" });
      for (const byte of bytes) {
        response.write(Buffer.of(byte));
        await nextTurn();
      }
      response.end();
    });
    expect(await heardFrom(baseUrl)).toMatchObject({ error: null, text, reasoning: `🤔${text}` });
  });

  test("halves of a surrogate pair in two tokens make one character", async () => {
    const half = (unit: string) => `data: {"choices":[{"index":0,"delta":{"content":"\\u${unit}"}}]}\n\n`;
    const baseUrl = await startStandIn(streamOf(half("d83d"), half("de00"), finish, done));
    expect(await heardFrom(baseUrl)).toMatchObject({ error: null, text: "😀" });
  });

  test("the upstream's id is known before its first word", async () => {
    const told = Promise.withResolvers<void>();
    const baseUrl = await startStandIn(async ({ response }) => {
      response.writeHead(200, { "content-type": "text/event-stream", "X-Generation-Id": "gen-early" });
      response.flushHeaders();
      await told.promise;
      for (const frame of [delta({ content: "Hello" }), finish]) response.write(frameOf(frame));
      response.end(done);
    });
    const chunks = create({ baseUrl }).stream(asking("Hello"), neverAborted())[Symbol.asyncIterator]();
    expect((await chunks.next()).value).toEqual({ type: "upstream-id", id: "gen-early" });
    told.resolve();
    const rest = await hear({ [Symbol.asyncIterator]: () => chunks });
    expect(rest).toMatchObject({ error: null, text: "Hello", ids: [] });
  });

  test("without the header the id is that of the first frame, once", async () => {
    const baseUrl = await startStandIn(
      streamOf(delta({ content: "a" }), { ...delta({ content: "b" }), id: "other" }, finish, done),
    );
    expect(await heardFrom(baseUrl)).toMatchObject({ error: null, ids: ["gen-1"], text: "ab" });
  });

  test.each([
    ["OpenRouter", { reasoning: "Hm.", reasoning_details: [{ type: "reasoning.text", text: "Hm." }] }],
    ["OpenRouter with a summary", { reasoning_details: [{ type: "reasoning.summary", summary: "Hm." }] }],
    ["DeepSeek and vLLM", { reasoning_content: "Hm." }],
    ["Ollama", { reasoning: "Hm.", content: "" }],
  ])("reasoning as %s sends it comes at once, before there is any text", async (_, content) => {
    const told = Promise.withResolvers<void>();
    const baseUrl = await startStandIn(async ({ response }) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(frameOf(delta(content)));
      await told.promise;
      response.write(frameOf(delta({ content: "So." })));
      response.end(frameOf(finish) + done);
    });
    const chunks = create({ baseUrl }).stream(asking("Hello"), neverAborted())[Symbol.asyncIterator]();
    await chunks.next();
    expect((await chunks.next()).value).toEqual({ type: "reasoning-delta", text: "Hm." });
    told.resolve();
    expect(await hear({ [Symbol.asyncIterator]: () => chunks })).toMatchObject({ error: null, text: "So." });
  });

  test("a refusal is text, and ends the answer as filtered", async () => {
    const baseUrl = await startStandIn(
      streamOf(delta({ content: null, refusal: "I will not." }), finish, done),
    );
    expect(await heardFrom(baseUrl)).toMatchObject({
      text: "I will not.",
      finish: { reason: "content-filter" },
    });
  });

  test("events are read in every form that the format allows", async () => {
    const hello = JSON.stringify(delta({ content: "Hello" }));
    const [head, tail] = [hello.slice(0, 1), hello.slice(1)];
    const baseUrl = await startStandIn(
      streamOf(
        "\ufeff: OPENROUTER PROCESSING\r\n\r\n",
        "event: message\r\nid: 7\r\nretry: 10\r\n",
        `data:${hello}\r\n\r\n`,
        `data: ${head}\ndata: ${tail}\n\n`,
        frameOf(finish).trimEnd(),
      ),
    );
    expect(await heardFrom(baseUrl)).toMatchObject({
      error: null,
      text: "HelloHello",
      finish: { reason: "stop" },
    });
  });

  test("an answer that has its finish reason is complete, though the connection breaks before its usage", async () => {
    const baseUrl = await startStandIn(({ response }) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(frameOf(delta({ content: "Hello" })) + frameOf(finish));
      setImmediate(() => response.socket?.destroySoon());
    });
    expect(await heardFrom(baseUrl)).toMatchObject({ error: null, text: "Hello", finish: { usage: null } });
  });

  test("fields of another shape than expected cost no answer", async () => {
    const odd = {
      id: 7,
      choices: [{ index: 0, delta: { content: "Hello", tool_calls: {}, reasoning: 1 } }],
      usage: "?",
    };
    const usage = { choices: [], usage: { prompt_tokens: "many", completion_tokens: 2, cost: "0.25" } };
    const baseUrl = await startStandIn(streamOf(odd, finish, usage, done));
    expect(await heardFrom(baseUrl)).toMatchObject({
      error: null,
      text: "Hello",
      finish: { costMicros: 250_000, usage: { inputTokens: null, outputTokens: 2 } },
    });
  });

  test("counts and costs that no answer can have are unknown, and cost no answer", async () => {
    const cost = { prompt_tokens: 3e9, completion_tokens: 2, cost: 3e6 };
    const baseUrl = await startStandIn(
      streamOf(delta({ content: "Hello" }), finish, { choices: [], usage: cost }, done),
    );
    expect(await heardFrom(baseUrl)).toMatchObject({
      error: null,
      text: "Hello",
      finish: { costMicros: null, usage: { inputTokens: null, outputTokens: 2 } },
    });
  });

  test("a burst is merged into few chunks", async () => {
    const heard = await heardFrom(scripted.baseUrl, "[[tokens=20000]]");
    expect(heard.finish?.usage?.outputTokens).toBe(20_000);
    expect(heard.chunks.length).toBeLessThan(2_000);
  });

  test("a finished answer leaves its connection open for the next one", async () => {
    const responses: ServerResponse[] = [];
    const baseUrl = await startStandIn(({ response }) => {
      responses.push(response);
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(frameOf(delta({ content: "Hello" })) + frameOf(finish) + done);
    });
    for (const _ of ["first", "second", "third"]) expect((await heardFrom(baseUrl)).error).toBeNull();
    expect(responses.map(({ destroyed }) => destroyed)).toEqual([false, false, false]);
  });
});
