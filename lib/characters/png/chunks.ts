import { crc32 } from "node:zlib";
import { cardProblem } from "@/lib/characters/card-problem";
import { cardLimits } from "@/lib/characters/limits";

/** A chunk as PNG has it; `data` is a view of the file. */
export interface Chunk {
  type: string;
  data: Uint8Array;
}

export const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

// Length, type and checksum around the data of a chunk.
const frameBytes = 12;
const otherChunksMax = cardLimits.chunksMax + cardLimits.cardChunksMax;

export function isPng(file: Uint8Array): boolean {
  return signature.every((byte, at) => file[at] === byte);
}

/**
 * The chunks of a PNG, checked one by one: bounds, checksums, `IHDR` first, `IEND` last. What follows `IEND` is no
 * part of the picture and left out. Throws `bad_signature`, `broken_chunk`, `wrong_crc`, `oversized_chunk` or
 * `too_many_chunks`.
 */
export function readChunks(file: Uint8Array): Chunk[] {
  if (!isPng(file)) throw cardProblem("bad_signature");
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const chunks: Chunk[] = [];
  let pixelChunks = 0;
  let at = signature.length;
  while (true) {
    if (at + frameBytes > file.length) throw cardProblem("broken_chunk", { at });
    const length = view.getUint32(at);
    const type = String.fromCharCode(...file.subarray(at + 4, at + 8));
    if (!/^[A-Za-z]{4}$/.test(type)) throw cardProblem("broken_chunk", { at });
    if (length > cardLimits.chunkBytesMax) {
      throw cardProblem("oversized_chunk", { chunk: type, bytesMax: cardLimits.chunkBytesMax });
    }
    const end = at + 8 + length;
    if (end + 4 > file.length) throw cardProblem("broken_chunk", { chunk: type, at });
    if (crc32(file.subarray(at + 4, end)) !== view.getUint32(end)) {
      throw cardProblem("wrong_crc", { chunk: type, at });
    }
    if ((chunks.length === 0) !== (type === "IHDR")) throw cardProblem("broken_chunk", { chunk: type, at });
    chunks.push({ type, data: file.subarray(at + 8, end) });
    if (type === "IEND") return chunks;
    if (type === "IDAT") pixelChunks += 1;
    const isTooMany = pixelChunks > cardLimits.pixelChunksMax || chunks.length - pixelChunks > otherChunksMax;
    if (isTooMany) throw cardProblem("too_many_chunks", { chunksMax: otherChunksMax });
    at = end + 4;
  }
}

export function writeChunks(chunks: readonly Chunk[]): Uint8Array<ArrayBuffer> {
  return Buffer.concat([signature, ...chunks.map(framed)]);
}

function framed({ type, data }: Chunk): Uint8Array {
  const bytes = Buffer.alloc(frameBytes + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, "latin1");
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}
