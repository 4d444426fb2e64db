import { cardProblem } from "@/lib/characters/card-problem";
import { decodeText } from "@/lib/characters/decode-text";
import { cardLimits } from "@/lib/characters/limits";
import { type Chunk, readChunks, writeChunks } from "./chunks";
import { keywordOf, textChunk, textOf } from "./text-chunk";

/** In the order in which they count: version 3 has its own place, so that older readers find an older card. */
const keywords = ["ccv3", "chara"] as const;

/** The JSON of the card in a PNG, not parsed. Throws `no_card`, `bad_base64`, `bad_text`, or as `readChunks` does. */
export function cardTextIn(file: Uint8Array): string {
  const chunks = readChunks(file);
  for (const keyword of keywords) {
    // Of several the last was written last, by a program that did not remove the others.
    const found = chunks.findLast((chunk) => isNamed(chunk, keyword));
    if (found) return decoded(textOf(found));
  }
  throw cardProblem("no_card");
}

/** The picture alone: the same pixels, without any card. Throws `too_many_chunks` where a card would find no room in it. */
export function withoutCard(file: Uint8Array): Uint8Array<ArrayBuffer> {
  const chunks = readChunks(file).filter((chunk) => !isCard(chunk));
  const { chunksMax } = cardLimits;
  if (chunks.filter(({ type }) => type !== "IDAT").length > chunksMax) {
    throw cardProblem("too_many_chunks", { chunksMax });
  }
  return writeChunks(chunks);
}

/** Puts cards into a picture, each under its keyword, in place of those that were there. */
export function withCards(
  file: Uint8Array,
  cards: Partial<Record<(typeof keywords)[number], string>>,
): Uint8Array<ArrayBuffer> {
  const others = readChunks(file).filter((chunk) => !isCard(chunk));
  const written = Object.entries(cards).map(([keyword, json]) =>
    textChunk(keyword, Buffer.from(json, "utf8").toString("base64")),
  );
  return writeChunks([...others.slice(0, -1), ...written, ...others.slice(-1)]);
}

function isCard(chunk: Chunk): boolean {
  return keywords.some((keyword) => isNamed(chunk, keyword));
}

/** Some programs write the keyword with a capital. */
function isNamed(chunk: Chunk, keyword: string): boolean {
  return keywordOf(chunk)?.toLowerCase() === keyword;
}

function decoded(base64: string): string {
  const text = base64.trimEnd();
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw cardProblem("bad_base64");
  return decodeText(Buffer.from(text, "base64"));
}
