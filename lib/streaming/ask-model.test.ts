import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppError } from "@/lib/errors/app-error";
import type { ModelChunk, ModelProvider, ModelRequest } from "@/lib/models/provider";
import { askModel } from "./ask-model";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test("a passing failure before the first token is forgiven once, a second one is not", async () => {
  const once = playing([new AppError("provider_timeout", "slow")], [text("Hi"), finish]);
  expect(await textOf(once)).toBe("Hi");
  const twice = playing(
    [new AppError("provider_timeout", "slow")],
    [new AppError("provider_timeout", "slow")],
  );
  await expect(textOf(twice)).rejects.toMatchObject({ type: "provider_timeout" });
});

test("nothing is forgiven once a token was seen, nor what would fail again", async () => {
  const broken = playing([text("Hi"), new AppError("provider_error", "broke")], [text("Hi again"), finish]);
  await expect(textOf(broken)).rejects.toMatchObject({ type: "provider_error" });
  const refused = playing([new AppError("key_invalid", "no")], [text("Hi"), finish]);
  await expect(textOf(refused)).rejects.toMatchObject({ type: "key_invalid" });
  expect(refused.requests).toHaveLength(1);
});

test("nothing is forgiven once a tool was called or an image made", async () => {
  for (const made of [
    { type: "tool-input-start", toolCallId: "a", toolName: "search" },
    { type: "image", url: "data:image/png;base64,AA==" },
  ] as const) {
    const broken = playing([made, new AppError("provider_timeout", "slow")], [text("Hi"), finish]);
    await expect(textOf(broken)).rejects.toMatchObject({ type: "provider_timeout" });
    expect(broken.requests).toHaveLength(1);
  }
});

test("what is held back of a continuation comes before a call, and after a source", async () => {
  const source: ModelChunk = { type: "source", url: "https://example.com", title: null };
  const call: ModelChunk = { type: "tool-input-start", toolCallId: "a", toolName: "search" };
  const provider = playing([text("once upon a"), source, call, text(" time"), finish]);
  const question = { provider, request: asking("deepseek/r1"), partial: "It was once upon a ", waiting() {} };
  const chunks: ModelChunk[] = [];
  for await (const chunk of askModel(question, new AbortController().signal)) chunks.push(chunk);
  expect(chunks).toEqual([source, text("once upon a"), call, text(" time"), finish]);
});

test("a busy provider is given the time it asks for, or 10 s, and the reader is told", async () => {
  for (const [retryAfterMs, expected] of [
    [3_000, 3_000],
    [undefined, 10_000],
  ] as const) {
    const busy = playing(
      [new AppError("provider_rate_limited", "busy", { retryAfterMs })],
      [text("Hi"), finish],
    );
    const answer = textOf(busy);
    await vi.advanceTimersByTimeAsync(expected - 1);
    expect(busy.requests).toHaveLength(1);
    expect(busy.waits).toEqual([expected]);
    await vi.advanceTimersByTimeAsync(1);
    expect(await answer).toBe("Hi");
  }
});

test("a provider that asks for more patience than a person has fails at once", async () => {
  const busy = playing([new AppError("provider_rate_limited", "busy", { retryAfterMs: 3_600_000 })]);
  await expect(textOf(busy)).rejects.toMatchObject({
    type: "provider_rate_limited",
    retryAfterMs: 3_600_000,
  });
});

test("the beginning of the answer is handed to a model that takes it, and asked for in words of one that does not", async () => {
  const prefilled = playing([text(" there"), finish]);
  expect(await textOf(prefilled, "Hi", "deepseek/r1")).toBe(" there");
  expect(prefilled.requests[0]?.messages.at(-1)).toEqual({ role: "assistant", text: "Hi" });
  const asked = playing([text(" there"), finish]);
  expect(await textOf(asked, "Hi", "openai/gpt-5")).toBe(" there");
  expect(asked.requests[0]?.messages.map(({ role }) => role)).toEqual(["user", "assistant", "user"]);
});

test("a refused beginning is asked for in words, and what the model repeats is cut", async () => {
  const refusing = playing(
    [new AppError("provider_error", "prefill", { retryable: false, details: { status: 400 } })],
    [{ type: "reasoning-delta", text: "hm" }, text("once upon a time"), text(" there was"), finish],
  );
  expect(await textOf(refusing, "It was once upon a time", "deepseek/r1")).toBe(" there was");
});

type Step = ModelChunk | AppError;
const finish: ModelChunk = { type: "finish", reason: "stop", usage: null, costMicros: null };

function text(delta: string): ModelChunk {
  return { type: "text-delta", text: delta };
}

function playing(...plays: Step[][]) {
  const requests: ModelRequest[] = [];
  const waits: number[] = [];
  return {
    id: "scripted",
    requests,
    waits,
    async *stream(request: ModelRequest) {
      requests.push(request);
      for (const step of plays.shift() ?? []) {
        if (step instanceof AppError) throw step;
        yield step;
      }
    },
    listModels: async () => [],
    check: async () => {},
  } satisfies ModelProvider & Record<string, unknown>;
}

async function textOf(
  provider: ReturnType<typeof playing>,
  partial = "",
  model = "some/model",
): Promise<string> {
  const request = asking(model);
  const waiting = (ms: number) => provider.waits.push(ms);
  let answer = "";
  for await (const chunk of askModel({ provider, request, partial, waiting }, new AbortController().signal)) {
    if (chunk.type === "text-delta") answer += chunk.text;
  }
  return answer;
}

function asking(model: string): ModelRequest {
  return { model, messages: [{ role: "user", text: "Hello" }], settings: {}, chatId: "c" };
}
