import { crc32, deflateSync } from "node:zlib";

/** One red pixel. */
const pixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";

/**
 * A picture as a data URL: a square of colours that run into each other, `side` pixels wide, no two pictures alike.
 * It is not compressed, so that it takes about 3 × `side`² bytes; `null` is one red pixel.
 */
export function pictureUrl(side: number | null, number: number): string {
  const base64 = side === null ? pixel : squarePng(side, number).toString("base64");
  return `data:image/png;base64,${base64}`;
}

function squarePng(side: number, number: number): Buffer {
  const rows = Buffer.alloc(side * (side * 3 + 1));
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const at = y * (side * 3 + 1) + 1 + x * 3;
      rows[at] = 60 + Math.floor((150 * x) / side);
      rows[at + 1] = 90 + Math.floor((100 * y) / side);
      rows[at + 2] = 200 - ((number * 53) % 190);
    }
  }
  const size = Buffer.alloc(13);
  size.writeUInt32BE(side, 0);
  size.writeUInt32BE(side, 4);
  // Eight bits for each of three colours.
  size.set([8, 2], 8);
  const signature = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const pixels = deflateSync(rows, { level: 0 });
  return Buffer.concat([
    signature,
    pngChunk("IHDR", size),
    pngChunk("IDAT", pixels),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
