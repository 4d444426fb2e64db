import { expect, test } from "vitest";
import type { Part } from "@/lib/chats/part";
import { createAnswer } from "./answer";
import type { Chunk } from "./chunk";
import { chunksOf, reopened } from "./stored-chunks";
import { calls, others } from "./testing/every-part";

test.each([...calls, ...others])(
  "the chunks made from a stored part write the same part again: %j",
  (part) => {
    const again = written(chunksOf([part]));
    // Of an input that is being written there is its text alone.
    const stored = part.state === "input-streaming" ? { ...part, input: undefined } : part;
    expect(again).toEqual([stored]);
  },
);

test("all kinds of parts keep their order", () => {
  const parts = [...others, ...calls.slice(1, 2)];
  expect(written(chunksOf(parts))).toEqual(parts);
});

test("a kind from a later version is passed over, and what comes after it is there", () => {
  const text: Part = { type: "text", text: "Hello", state: "done" };
  expect(written(chunksOf([{ type: "hologram", depth: 3 }, text]))).toEqual([text]);
});

test("an answer is gone on with in its last text, also where sources follow it", () => {
  const text: Part = { type: "text", text: "Hel", state: "done" };
  const source: Part = { type: "source-url", sourceId: "1", url: "https://example.com/" };
  for (const parts of [[text], [text, source]]) {
    const answer = createAnswer();
    for (const chunk of reopened(parts)) answer.apply(chunk);
    expect(answer.begun().open).toEqual({ kind: "text", id: "text-1" });
    answer.apply({ type: "text-delta", id: "text-1", delta: "lo" });
    expect(answer.parts()).toMatchObject([{ text: "Hello" }, ...parts.slice(1)]);
  }
});

test("after an image or a call a new text begins", () => {
  for (const part of [others[2], calls[6]]) {
    if (!part) throw new Error("there is no such part");
    const answer = createAnswer();
    for (const chunk of reopened([{ type: "text", text: "Hello", state: "done" }, part])) answer.apply(chunk);
    expect(answer.begun().open).toBeNull();
  }
});

function written(chunks: Iterable<Chunk>): Part[] {
  const answer = createAnswer();
  for (const chunk of chunks) answer.apply(chunk);
  return answer.parts();
}
