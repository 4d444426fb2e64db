import { expect, test } from "vitest";
import { packBatch } from "./batch";
import type { Chunk } from "./chunk";
import { writtenIn } from "./written-in";

const seams = [{ offset: 4, at: "2026-11-20T00:00:00.000Z" }];

test("each writer has said what its own call brought, thoughts included, and not what it found", () => {
  const log = [
    batch(1, 1, [
      { type: "text-delta", id: "t", delta: "Found" },
      { type: "message-metadata", messageMetadata: { seams } },
      { type: "reasoning-delta", id: "r", delta: "Hm. " },
      { type: "text-delta", id: "t", delta: " Once" },
    ]),
    batch(2, 5, [{ type: "message-metadata", messageMetadata: { seams } }]),
    batch(2, 6, [
      { type: "text-delta", id: "t", delta: " upon" },
      { type: "text-delta", id: "t", delta: " a" },
    ]),
  ];
  expect([1, 2, 3].map((epoch) => writtenIn(epoch, log))).toEqual(["Hm.  Once", " upon a", ""]);
});

function batch(epoch: number, fromSeq: number, chunks: Chunk[]) {
  return { epoch, ...packBatch(chunks.map((chunk, index) => ({ seq: fromSeq + index, chunk }))) };
}
