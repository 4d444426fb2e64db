import type { Chunk } from "./chunk";
import { formatCursor } from "./cursor";

/** One chunk in its place, ready to be sent: encoded once, however many read it. */
export interface Entry {
  /** Of the writer that the chunk is from. */
  epoch: number;
  seq: number;
  /** `<epoch>.<seq>` */
  cursor: string;
  chunk: Chunk;
  /** The Server-Sent Event with its `id`. */
  readonly frame: Uint8Array;
}

const encoder = new TextEncoder();

export function createEntry(epoch: number, seq: number, chunk: Chunk): Entry {
  const cursor = formatCursor({ epoch, seq });
  let frame: Uint8Array | undefined;
  return {
    epoch,
    seq,
    cursor,
    chunk,
    get frame() {
      frame ??= encoder.encode(`id: ${cursor}\ndata: ${JSON.stringify(chunk)}\n\n`);
      return frame;
    },
  };
}
