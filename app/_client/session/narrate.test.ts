import type { UIMessageChunk } from "ai";
import { expect, test } from "vitest";
import type { AnswerEnd } from "@/app/_client/streams/answer-stream";
import type { ChatError } from "@/lib/errors/chat-error";
import { narrate } from "./narrate";

const error: ChatError = {
  type: "provider_timeout",
  message: "The model took too long.",
  provider: "openrouter",
  retryable: true,
  retryAfterMs: null,
  requestId: "r",
};

test("a beginning and an end become the message's status, with what the server says beside it", async () => {
  const told = await tell([
    { type: "start", messageId: "a", messageMetadata: { model: "m", generationId: "g", status: "queued" } },
    { type: "finish", messageMetadata: { costMicros: 12 } },
  ]);
  expect(told).toEqual([
    {
      type: "start",
      messageId: "a",
      messageMetadata: { model: "m", generationId: "g", status: "streaming", isDetached: false },
    },
    { type: "finish", messageMetadata: { costMicros: 12, status: "complete", finishReason: null } },
  ]);
});

test("an answer that was cut off is complete, and says why it ends there", async () => {
  for (const finishReason of ["length", "content-filter"] as const)
    expect(await tell([{ type: "finish", finishReason }])).toMatchObject([
      { messageMetadata: { status: "complete", finishReason } },
    ]);
  expect(await tell([{ type: "finish", finishReason: "stop" }])).toMatchObject([
    { messageMetadata: { finishReason: null } },
  ]);
});

test("a stop is told before the stream ends with it", async () => {
  expect(await tell([{ type: "abort" }])).toEqual([said({ status: "stopped" }), { type: "abort" }]);
});

test("a failure becomes part of the message and no error of the hook", async () => {
  const [told, ...rest] = await tell([{ type: "error", errorText: JSON.stringify(error) }]);
  expect(rest).toEqual([]);
  expect(told).toMatchObject(said({ status: "failed", error }));
});

test("an answer that the server could not go on with is interrupted", async () => {
  const [told] = await tell([
    { type: "error", errorText: JSON.stringify({ ...error, type: "interrupted" }) },
  ]);
  expect(told).toMatchObject(said({ status: "interrupted" }));
});

test("an error that is no ChatError is still one that a person can read", async () => {
  const [told] = await tell([{ type: "error", errorText: "<html>Bad gateway" }]);
  expect(told).toMatchObject({ messageMetadata: { status: "failed", error: { type: "unavailable" } } });
});

test("a provider that is busy is waited for in sight of the reader", async () => {
  const [told] = await tell([{ type: "data-waiting", data: { retryAfterMs: 10_000 }, transient: true }]);
  expect(told).toEqual(said({ waitsUntil: expect.any(Number) }));
});

function said(messageMetadata: object) {
  return { type: "message-metadata", messageMetadata };
}

async function tell(chunks: UIMessageChunk[], end: AnswerEnd = "ended") {
  async function* source(): AsyncGenerator<UIMessageChunk, AnswerEnd, void> {
    yield* chunks;
    return end;
  }
  const told: UIMessageChunk[] = [];
  for await (const chunk of narrate(source())) told.push(chunk);
  return told;
}
