import { createHash } from "node:crypto";
import { deflateSync } from "node:zlib";
import { writeChunks } from "./chunks";

const width = 256;
const height = 384;

/** A picture for a character that has none: one colour, which follows from the name. */
export function plainPicture(name: string): Uint8Array<ArrayBuffer> {
  const colour = createHash("sha256").update(name).digest().subarray(0, 3);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // One bit a pixel, with a palette.
  header.set([1, 3, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.alloc(height * (1 + width / 8)));
  return writeChunks([
    { type: "IHDR", data: header },
    { type: "PLTE", data: colour.map((part) => 64 + (part >> 1)) },
    { type: "IDAT", data: pixels },
    { type: "IEND", data: new Uint8Array() },
  ]);
}
