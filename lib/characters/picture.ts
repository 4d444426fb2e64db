import { cardProblem } from "./card-problem";
import { cardLimits } from "./limits";
import { isPng, readChunks } from "./png/chunks";

export const pictureTypes = ["image/png", "image/jpeg", "image/webp", "image/gif"] as const;

export type PictureType = (typeof pictureTypes)[number];

/**
 * What kind of picture the bytes are, by the bytes themselves. Throws `unknown_format` for anything that is not PNG,
 * JPEG, WebP or GIF, `picture_too_large` by what its header says, and for PNG as `readChunks` does.
 */
export function requirePicture(file: Uint8Array): PictureType {
  if (file.length > cardLimits.fileBytesMax) {
    throw cardProblem("file_too_large", { bytesMax: cardLimits.fileBytesMax });
  }
  const found = readers.find(({ matches }) => matches(file));
  if (!found) throw cardProblem("unknown_format");
  const size = found.sizeOf(new DataView(file.buffer, file.byteOffset, file.byteLength));
  if (size === null || size.width < 1 || size.height < 1) {
    throw cardProblem("unknown_format", { mediaType: found.type });
  }
  const { pixelsAcrossMax } = cardLimits;
  if (size.width > pixelsAcrossMax || size.height > pixelsAcrossMax) {
    throw cardProblem("picture_too_large", { ...size, pixelsAcrossMax });
  }
  return found.type;
}

/** Whether it is a picture that is no PNG: those have no place for a card that is read here. */
export function isOtherPicture(file: Uint8Array): boolean {
  return readers.some(({ type, matches }) => type !== "image/png" && matches(file));
}

interface Size {
  width: number;
  height: number;
}

interface Reader {
  type: PictureType;
  matches(file: Uint8Array): boolean;
  /** `null` where the header breaks off. */
  sizeOf(view: DataView): Size | null;
}

const readers: readonly Reader[] = [
  { type: "image/png", matches: isPng, sizeOf: pngSize },
  { type: "image/jpeg", matches: (file) => startsWith(file, [0xff, 0xd8, 0xff]), sizeOf: jpegSize },
  {
    type: "image/webp",
    matches: (file) => startsWith(file, ascii("RIFF")) && startsWith(file.subarray(8), ascii("WEBP")),
    sizeOf: webpSize,
  },
  {
    type: "image/gif",
    matches: (file) => startsWith(file, ascii("GIF87a")) || startsWith(file, ascii("GIF89a")),
    sizeOf: (view) =>
      view.byteLength < 10 ? null : { width: view.getUint16(6, true), height: view.getUint16(8, true) },
  },
];

function pngSize(view: DataView): Size | null {
  const header = readChunks(new Uint8Array(view.buffer, view.byteOffset, view.byteLength))[0]?.data;
  if (header?.length !== 13) return null;
  const fields = new DataView(header.buffer, header.byteOffset, header.byteLength);
  return { width: fields.getUint32(0), height: fields.getUint32(4) };
}

/** Segment by segment to the frame header, whichever of its kinds it is. */
function jpegSize(view: DataView): Size | null {
  let at = 2;
  while (at + 9 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    const isFilling = marker === 0xff;
    const length = isFilling ? 0 : view.getUint16(at + 2);
    if (!isFilling && length < 2) return null;
    at += isFilling ? 1 : 2 + length;
  }
  return null;
}

function webpSize(view: DataView): Size | null {
  if (view.byteLength < 30) return null;
  const kind = String.fromCharCode(...[12, 13, 14, 15].map((at) => view.getUint8(at)));
  const three = (at: number) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
  switch (kind) {
    case "VP8X":
      return { width: three(24) + 1, height: three(27) + 1 };
    case "VP8L": {
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
    }
    case "VP8 ":
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    default:
      return null;
  }
}

function startsWith(file: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, at) => file[at] === byte);
}

function ascii(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}
