import { expect, test } from "vitest";
import { requirePicture } from "./picture";
import { plainPicture } from "./png/plain-picture";

const gif = (width: number) => Uint8Array.of(...ascii("GIF89a"), width & 255, width >> 8, 2, 0);
const jpeg = (width: number) =>
  Uint8Array.of(
    0xff,
    0xd8,
    0xff,
    0xe0,
    0,
    4,
    0,
    0,
    0xff,
    0xc2,
    0,
    11,
    8,
    0,
    9,
    width >> 8,
    width & 255,
    0,
    0,
  );
const webp = (width: number) => {
  const file = new Uint8Array(30);
  file.set(ascii("RIFF"), 0);
  file.set(ascii("WEBPVP8X"), 8);
  file.set([(width - 1) & 255, (width - 1) >> 8], 24);
  return file;
};

test.each([
  ["image/png", plainPicture("Ada")],
  ["image/gif", gif(7)],
  ["image/jpeg", jpeg(4_096)],
  ["image/webp", webp(4_096)],
])("%s is known by its bytes", (type, file) => {
  expect(requirePicture(file)).toBe(type);
});

test.each([gif(4_097), jpeg(4_097), webp(4_097)])(
  "a picture that is too large is refused by its header",
  (file) => {
    expect(() => requirePicture(file)).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ problem: "picture_too_large" }) }),
    );
  },
);

test.each([
  ["HTML", Uint8Array.from(ascii("<html><script>alert(1)</script>"))],
  ["SVG", Uint8Array.from(ascii('<svg xmlns="http://www.w3.org/2000/svg"/>'))],
  ["a header that breaks off", jpeg(10).subarray(0, 9)],
  ["no width", gif(0)],
])("%s is no picture", (_, file) => {
  expect(() => requirePicture(file)).toThrow(
    expect.objectContaining({ details: expect.objectContaining({ problem: "unknown_format" }) }),
  );
});

function ascii(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}
