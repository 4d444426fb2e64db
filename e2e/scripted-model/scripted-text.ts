import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

import type { Script } from "./script.ts";

/** The exact text that a script plays to its end. Pure, so that a test can compute it again. */
export function scriptedText(script: Script): string {
  return textTokens(script).join("");
}

export function scriptedReasoning(script: Script): string {
  return reasoningTokens(script).join("");
}

export function textHash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

export function textTokens({ text, tokens }: Script): string[] {
  switch (text.kind) {
    case "words":
      return words(tokens ?? 40, 0);
    case "literal":
      return cycle(text.text, tokens);
    case "echo":
    case "tool-result":
      throw new Error(`the text of "${text.kind}" is not known before its request`);
    case "answer":
    case "markdown":
    case "html":
    case "unicode":
      return cycle(fixture(text.kind), tokens);
    default:
      return text satisfies never;
  }
}

export function reasoningTokens({ reasoningTokens: length }: Script): string[] {
  return words(length, 17);
}

/** A token is at most twelve characters and the white space after them; never half a character. */
export function tokenize(text: string): string[] {
  return text.match(/\S{1,12}\s*|\s+/gu) ?? [];
}

function cycle(text: string, length: number | null): string[] {
  if (length === null) return tokenize(text);
  const pieces = tokenize(`${text}\n\n`);
  return Array.from({ length }, (_, index) => pieces[index % pieces.length] ?? "");
}

const fixtures = new Map<string, string>();

function fixture(name: string): string {
  const loaded =
    fixtures.get(name) ?? readFileSync(new URL(`./texts/${name}.txt`, import.meta.url), "utf8").trimEnd();
  fixtures.set(name, loaded);
  return loaded;
}

const vocabulary =
  "amber river stone quiet morning under bridge lantern seven copper window garden north paper sail winter glass " +
  "harbour slow thunder meadow violet engine candle forest silver marble orchard velvet island pepper cloud mirror " +
  "anchor feather saddle granite willow ember cotton harvest ladder compass thimble walnut ribbon gravel basket";
const wordList = vocabulary.split(" ");

/**
 * Sentences of ten words, each ending in its own position, five to a paragraph: a token
 * that is lost, doubled or out of order shows at a glance and in the hash.
 */
function words(length: number, offset: number): string[] {
  return Array.from({ length }, (_, index) => {
    const position = index + 1;
    const isLast = position === length;
    if (position % 10 === 0) return `${position}.${isLast ? "" : position % 50 === 0 ? "\n\n" : " "}`;
    const word = wordList[(position * 37 + Math.floor(position / 10) * 11 + offset) % wordList.length];
    const cased = index % 10 === 0 ? capitalized(word ?? "") : (word ?? "");
    return `${cased}${isLast ? "." : " "}`;
  });
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
