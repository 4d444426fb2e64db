import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";

import { pictureUrl } from "./picture.ts";

test("a picture is a PNG of its size with all its pixels, and not smaller than they are", () => {
  const bytes = bytesOf(pictureUrl(50, 0));
  expect(bytes.subarray(0, 8)).toEqual(Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a));
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([50, 50]);
  const start = bytes.indexOf("IDAT");
  const pixels = inflateSync(bytes.subarray(start + 4, start + 4 + bytes.readUInt32BE(start - 4)));
  expect(pixels.length).toBe(50 * (50 * 3 + 1));
  expect(bytes.length).toBeGreaterThan(50 * 50 * 3);
});

test("no two pictures are alike, and each is always the same", () => {
  const all = Array.from({ length: 8 }, (_, number) => pictureUrl(20, number));
  expect(new Set(all).size).toBe(8);
  expect(pictureUrl(20, 3)).toBe(all[3]);
});

function bytesOf(url: string): Buffer {
  return Buffer.from(url.replace("data:image/png;base64,", ""), "base64");
}
