import { inflateSync } from "node:zlib";
import { cardProblem } from "@/lib/characters/card-problem";
import { cardLimits } from "@/lib/characters/limits";
import type { Chunk } from "./chunks";

/** A keyword is at most 79 bytes of Latin-1. */
const keywordBytesMax = 79;
// In base64 a text takes a third more than what it stands for.
const encodedBytesMax = Math.ceil(cardLimits.textBytesMax / 3) * 4;

/** The keyword of a text chunk (`tEXt`, `zTXt`, `iTXt`); `null` for any other chunk, and for one that has none. */
export function keywordOf({ type, data }: Chunk): string | null {
  if (type !== "tEXt" && type !== "zTXt" && type !== "iTXt") return null;
  const end = data.subarray(0, keywordBytesMax + 1).indexOf(0);
  return end < 1 ? null : Buffer.from(data.subarray(0, end)).toString("latin1");
}

/**
 * The text of a chunk that has a keyword, unpacked where it is compressed. Throws `bad_compression`, `text_too_large`
 * or `broken_chunk`.
 */
export function textOf(chunk: Chunk): string {
  const { type, data } = chunk;
  const rest = data.subarray((keywordOf(chunk)?.length ?? 0) + 1);
  switch (type) {
    case "tEXt":
      return latin1(bounded(rest));
    case "zTXt":
      if (rest[0] !== 0) throw cardProblem("bad_compression", { chunk: type });
      return latin1(inflated(rest.subarray(1), type));
    case "iTXt":
      return international(rest);
    default:
      throw cardProblem("broken_chunk", { chunk: type });
  }
}

export function textChunk(keyword: string, text: string): Chunk {
  return { type: "tEXt", data: Buffer.from(`${keyword}\0${text}`, "latin1") };
}

/** Compression flag and method, language, translated keyword, text. */
function international(rest: Uint8Array): string {
  const [flag, method] = rest;
  const languageEnd = rest.indexOf(0, 2);
  const translatedEnd = languageEnd === -1 ? -1 : rest.indexOf(0, languageEnd + 1);
  if (flag === undefined || method !== 0 || translatedEnd === -1) {
    throw cardProblem("broken_chunk", { chunk: "iTXt" });
  }
  const text = rest.subarray(translatedEnd + 1);
  return latin1(flag === 0 ? bounded(text) : inflated(text, "iTXt"));
}

function inflated(packed: Uint8Array, chunk: string): Uint8Array {
  try {
    return inflateSync(packed, { maxOutputLength: encodedBytesMax });
  } catch (error) {
    const isTooLarge = error instanceof RangeError;
    if (isTooLarge) throw cardProblem("text_too_large", { chunk, bytesMax: cardLimits.textBytesMax });
    throw cardProblem("bad_compression", { chunk });
  }
}

function bounded(text: Uint8Array): Uint8Array {
  if (text.length > encodedBytesMax)
    throw cardProblem("text_too_large", { bytesMax: cardLimits.textBytesMax });
  return text;
}

/** Base64 is ASCII: in another encoding it would be the same bytes. */
function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}
