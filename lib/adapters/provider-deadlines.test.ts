import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ScriptedModel, startScriptedModel } from "@/e2e/scripted-model/start-scripted-model";
import type { ModelChunk, ModelRequest } from "@/lib/models/provider";
import { failureOf } from "./testing/failure-of";
import { asking, hear, neverAborted, providersUnderTest } from "./testing/providers-under-test";
import { delta, finish, frameOf, startStandIn, streamOf } from "./testing/stand-in-server";

const soon = { firstChunkMs: 250, firstChunkOfReasoningMs: 250, betweenChunksMs: 250 };
const never = 60_000;

let scripted: ScriptedModel;

beforeAll(async () => {
  scripted = await startScriptedModel();
});
beforeEach(() => scripted.reset());
afterAll(() => scripted.close());

describe.each(providersUnderTest)("$name", ({ create }) => {
  test.each([
    ["no headers", "[[hold=600000]]", 0],
    ["headers and then nothing", "[[stall-after=0 heartbeat=0]]", 0],
    ["nothing but comments", "[[murmur-after=0 heartbeat=10]]", 0],
    ["words and then nothing", "[[tokens=9 stall-after=4 heartbeat=0]]", 4],
    ["words and then nothing but comments", "[[tokens=9 murmur-after=4 heartbeat=10]]", 4],
  ])("an upstream that sends %s times out, and is left", async (_, prompt, words) => {
    const provider = create({ baseUrl: scripted.baseUrl, deadlines: soon });
    const heard = await hear(provider.stream(asking(prompt), neverAborted()));
    expect(failureOf(heard)).toMatchObject({ type: "provider_timeout", retryable: true });
    expect(heard.text.split(" ").filter(Boolean)).toHaveLength(words);
    await scripted.until(({ aborted }) => aborted);
  });

  test("empty deltas are no chunks", async () => {
    const baseUrl = await startStandIn(({ response }) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      const timer = setInterval(() => response.write(frameOf(delta({ role: "assistant", content: "" }))), 10);
      response.on("close", () => clearInterval(timer));
    });
    const heard = await hear(create({ baseUrl, deadlines: soon }).stream(asking("Hello"), neverAborted()));
    expect(failureOf(heard).type).toBe("provider_timeout");
  });

  test("chunks that keep coming may take longer together than any one of them", async () => {
    const provider = create({ baseUrl: scripted.baseUrl, deadlines: soon });
    const heard = await hear(provider.stream(asking("[[tokens=12 interval=40]]"), neverAborted()));
    expect(heard).toMatchObject({ error: null, finish: { reason: "stop" } });
  });

  test.each<[string, Partial<ModelRequest>]>([
    ["the name deepseek/deepseek-r1-0528:free", { model: "deepseek/deepseek-r1-0528:free" }],
    ["the name o3-mini", { model: "o3-mini" }],
    ["the name openai/gpt-5", { model: "openai/gpt-5" }],
    ["the name moonshotai/kimi-k2-thinking", { model: "moonshotai/kimi-k2-thinking" }],
    ["the effort asked for", { settings: { reasoningEffort: "high" } }],
  ])("a model that reasons, by %s, may begin later than others", async (_, changes) => {
    const baseUrl = await startStandIn(() => {});
    const deadlines = { ...soon, firstChunkMs: never, firstChunkOfReasoningMs: 20 };
    const heard = await hear(create({ baseUrl, deadlines }).stream(asking("Hello", changes), neverAborted()));
    expect(failureOf(heard).message).toContain("20 ms");
  });

  test.each<[string, Partial<ModelRequest>]>([
    ["meta-llama/llama-3.3-70b-instruct", { model: "meta-llama/llama-3.3-70b-instruct" }],
    ["openai/gpt-4o", { model: "openai/gpt-4o" }],
    ["one told not to reason", { model: "openai/gpt-5", settings: { reasoningEffort: "none" } }],
  ])("%s may not", async (_, changes) => {
    const baseUrl = await startStandIn(() => {});
    const deadlines = { ...soon, firstChunkMs: 20, firstChunkOfReasoningMs: never };
    const heard = await hear(create({ baseUrl, deadlines }).stream(asking("Hello", changes), neverAborted()));
    expect(failureOf(heard).message).toContain("20 ms");
  });

  test("an answer that has its finish reason does not wait for its usage for ever", async () => {
    const baseUrl = await startStandIn(({ response }) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(frameOf(delta({ content: "Hello" })) + frameOf(finish));
    });
    const heard = await hear(create({ baseUrl, deadlines: soon }).stream(asking("Hello"), neverAborted()));
    expect(heard).toMatchObject({ error: null, text: "Hello", finish: { usage: null } });
  });

  test.each([
    ["before the headers", "[[hold=600000]]"],
    ["before the first word", "[[stall-after=0 heartbeat=0]]"],
  ])("an abort %s closes the upstream and throws its reason", async (_, prompt) => {
    const abort = new AbortController();
    const heard = hear(create({ baseUrl: scripted.baseUrl }).stream(asking(prompt), abort.signal));
    await scripted.until(({ state }) => state !== "completed");
    const reason = new Error("stopped");
    abort.abort(reason);
    expect((await heard).error).toBe(reason);
    await scripted.until(({ aborted }) => aborted);
  });

  test("an abort among the words closes the upstream and throws its reason", async () => {
    const abort = new AbortController();
    const reason = new Error("stopped");
    const heard: ModelChunk[] = [];
    const listening = (async () => {
      const provider = create({ baseUrl: scripted.baseUrl });
      for await (const chunk of provider.stream(asking("[[tokens=1000 interval=5]]"), abort.signal)) {
        heard.push(chunk);
        if (heard.length === 5) abort.abort(reason);
      }
    })();
    await expect(listening).rejects.toBe(reason);
    expect(heard).toHaveLength(5);
    await scripted.until(({ aborted }) => aborted);
  });

  test("nothing that had arrived comes after an abort", async () => {
    const baseUrl = await startStandIn(
      streamOf(delta({ reasoning: "Hm." }), delta({ content: "So." }), finish),
    );
    const abort = new AbortController();
    const heard: string[] = [];
    const listening = (async () => {
      for await (const { type } of create({ baseUrl }).stream(asking("Hello"), abort.signal)) {
        heard.push(type);
        if (type === "reasoning-delta") abort.abort(new Error("stopped"));
      }
    })();
    await expect(listening).rejects.toThrow("stopped");
    expect(heard.at(-1)).toBe("reasoning-delta");
  });

  test("an abort closes the upstream even while nobody asks for the next word", async () => {
    const abort = new AbortController();
    const chunks = create({ baseUrl: scripted.baseUrl })
      .stream(asking("[[tokens=1000 interval=5]]"), abort.signal)
      [Symbol.asyncIterator]();
    await chunks.next();
    await chunks.next();
    abort.abort(new Error("stopped"));
    await scripted.until(({ aborted }) => aborted);
    await expect(chunks.next()).rejects.toThrow("stopped");
  });

  test("a reader that leaves closes the upstream", async () => {
    const provider = create({ baseUrl: scripted.baseUrl });
    for await (const chunk of provider.stream(asking("[[tokens=1000 interval=5]]"), neverAborted())) {
      if (chunk.type === "text-delta") break;
    }
    await scripted.until(({ aborted }) => aborted);
  });

  test("a signal that was aborted before asks nobody", async () => {
    const reason = new Error("stopped");
    const provider = create({ baseUrl: scripted.baseUrl });
    const heard = await hear(provider.stream(asking("Hello"), AbortSignal.abort(reason)));
    expect(heard.error).toBe(reason);
    expect(scripted.requests()).toEqual([]);
  });

  test("nothing listens to the signal when the answer is over", async () => {
    const { signal } = new AbortController();
    const listeners = countListeners(signal);
    await hear(create({ baseUrl: scripted.baseUrl }).stream(asking("[[tokens=3]]"), signal));
    await hear(create({ baseUrl: scripted.baseUrl }).stream(asking("[[error=500]]"), signal));
    expect(listeners()).toBe(0);
  });
});

function countListeners(signal: AbortSignal): () => number {
  let count = 0;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  Object.assign(signal, {
    addEventListener: (...listener: Parameters<typeof add>) => {
      count += 1;
      add(...listener);
    },
    removeEventListener: (...listener: Parameters<typeof remove>) => {
      count -= 1;
      remove(...listener);
    },
  });
  return () => count;
}
