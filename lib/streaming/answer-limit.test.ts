import { expect, test } from "vitest";
import type { ModelChunk } from "@/lib/models/provider";
import { createAnswerLimit } from "./answer-limit";

const mebi = 1024 * 1024;

test.each<[string, ModelChunk]>([
  ["text", { type: "text-delta", text: "x".repeat(mebi) }],
  ["reasoning", { type: "reasoning-delta", text: "x".repeat(mebi) }],
  ["the input of a tool", { type: "tool-input-delta", toolCallId: "a", text: "x".repeat(mebi) }],
])("of %s there is room for some fifteen million characters and not for seventeen", (_, chunk) => {
  const limit = createAnswerLimit("openai", 0);
  for (let count = 0; count < 15; count++) limit.take(chunk);
  expect(() => {
    for (let count = 0; count < 2; count++) limit.take(chunk);
  }).toThrow(
    expect.objectContaining({
      type: "provider_error",
      provider: "openai",
      retryable: false,
      details: expect.objectContaining({ reason: "answer_too_long" }),
    }),
  );
});

test("what the answer began with counts", () => {
  const limit = createAnswerLimit("openai", 16 * mebi);
  expect(() => limit.take({ type: "text-delta", text: "x" })).toThrow("no end");
});

test.each<[string, (count: number) => ModelChunk]>([
  ["calls", (count) => ({ type: "tool-input-start", toolCallId: `${count}`, toolName: "a" })],
  ["sources", (count) => ({ type: "source", url: `http://a.example/${count}`, title: null })],
  ["images", (count) => ({ type: "image", url: `data:${count}` })],
  ["thoughts", (count) => ({ type: count % 2 ? "text-delta" : "reasoning-delta", text: "x" })],
])("of %s that say next to nothing there is an end as well", (_, chunkOf) => {
  const limit = createAnswerLimit("openai", 0);
  for (let count = 0; count < 10_000; count++) limit.take(chunkOf(count));
  expect(() => {
    for (let count = 0; count < 10_000; count++) limit.take(chunkOf(count));
  }).toThrow("no end");
});

test("the images that an answer may have are none too many", () => {
  const limit = createAnswerLimit("openai", 0);
  for (let count = 0; count < 4; count++) limit.take({ type: "image", url: "x".repeat(11 * mebi) });
});
