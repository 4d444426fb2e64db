import { expect, test } from "vitest";
import { compact, compactBatches, type Numbered, packBatch, unpackBatch } from "./batch";
import type { Chunk } from "./chunk";

test("what is unpacked is exactly what was packed", () => {
  const chunks = numbered(conversation);
  expect(unpackBatch(packBatch(chunks))).toEqual(chunks);
});

test("deltas that follow each other in one part are stored as one, empty ones included", () => {
  const batch = packBatch(numbered([text("a"), text(""), text("👩‍🚀"), reasoning("b"), text("c")], 7));
  expect(batch).toMatchObject({ fromSeq: 7, toSeq: 11 });
  expect(JSON.parse(batch.body)).toEqual([
    { chunk: text("a👩‍🚀"), cuts: [1, 0, 5] },
    { chunk: reasoning("b") },
    { chunk: text("c") },
  ]);
  expect(unpackBatch(batch).map(({ seq }) => seq)).toEqual([7, 8, 9, 10, 11]);
});

test("a compacted replay has one delta a part and numbers it by the last chunk it covers", () => {
  const chunks = numbered(conversation);
  const batches = [packBatch(chunks.slice(0, 4)), packBatch(chunks.slice(4, 5)), packBatch(chunks.slice(5))];
  const replay = compactBatches(batches);
  expect(replay).toEqual(compact(chunks));
  expect(replay.map(({ seq, chunk }) => [seq, chunk.type])).toEqual([
    [1, "start"],
    [2, "start-step"],
    [3, "text-start"],
    [6, "text-delta"],
    [7, "text-end"],
    [8, "finish-step"],
    [9, "finish"],
  ]);
});

test("deltas of a tool's input are stored as one and read apart, like those of a text", () => {
  const input = (inputTextDelta: string, toolCallId = "c") =>
    ({ type: "tool-input-delta", toolCallId, inputTextDelta }) as const;
  const chunks = numbered([input('{"a"'), input(":1}"), input("{}", "d"), text("b")]);
  const batch = packBatch(chunks);
  expect(JSON.parse(batch.body)).toEqual([
    { chunk: input('{"a":1}'), cuts: [4, 3] },
    { chunk: input("{}", "d") },
    { chunk: text("b") },
  ]);
  expect(unpackBatch(batch)).toEqual(chunks);
  expect(compactBatches([batch]).map(({ seq }) => seq)).toEqual([2, 3, 4]);
});

test("deltas of different parts are not merged across each other", () => {
  const chunks = numbered([text("a"), { ...text("b"), id: "other" }, text("c")]);
  expect(compact(chunks)).toEqual(chunks);
});

const conversation: Chunk[] = [
  { type: "start", messageId: "m" },
  { type: "start-step" },
  { type: "text-start", id: "t" },
  text("Hello"),
  text(", "),
  text("you"),
  { type: "text-end", id: "t" },
  { type: "finish-step" },
  { type: "finish", finishReason: "stop" },
];

function text(delta: string) {
  return { type: "text-delta", id: "t", delta } as const;
}

function reasoning(delta: string) {
  return { type: "reasoning-delta", id: "r", delta } as const;
}

function numbered(chunks: readonly Chunk[], fromSeq = 1): Numbered[] {
  return chunks.map((chunk, index) => ({ seq: fromSeq + index, chunk }));
}
