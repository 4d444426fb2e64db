import { unpackBatch } from "./batch";
import type { LoggedBatch } from "./chunk-log";

/**
 * What the model was heard to say in one epoch, thoughts included. What a writer begins with, up to the seam, another
 * call has said.
 */
export function writtenIn(epoch: number, batches: readonly LoggedBatch[]): string {
  let written = "";
  for (const { chunk } of batches.filter((batch) => batch.epoch === epoch).flatMap(unpackBatch)) {
    if (chunk.type === "message-metadata") written = "";
    if (chunk.type === "text-delta" || chunk.type === "reasoning-delta") written += chunk.delta;
  }
  return written;
}
