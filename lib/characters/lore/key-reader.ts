import { fillPlaceholders } from "@/lib/prompts/placeholders";
import type { LoreKey } from "./lore-key";
import type { PatternEngine } from "./pattern-engine";
import { createPatternReader, type PatternProblem, slashedPattern } from "./pattern-reader";

export const keyLimits = {
  /** A longer text takes the engine many times as long to look for. */
  lengthMax: 250,
  /** Of all keys of a book with `lengthEach`, names filled in: some 20,000 keys. */
  lengthSumMax: 1_000_000,
  /** What the shortest costs. */
  lengthEach: 50,
} as const;

export type KeyProblem = PatternProblem | "key_too_large";

export interface KeyReading {
  isCaseSensitive: boolean;
  isPattern: boolean;
  wantsWholeWords: boolean;
}

/** Takes in the keys of one book: what comes after too many others is too large. `null` for an empty one. */
export type KeyReader = (written: string, reading: KeyReading) => LoreKey | { problem: KeyProblem } | null;

/** `names`: what `{{char}}` and `{{user}}` stand for; in a pattern they are plain texts. */
export function createKeyReader({
  patterns,
  names,
}: {
  patterns: PatternEngine;
  names: Readonly<Record<string, string>>;
}): KeyReader {
  const readPattern = createPatternReader(patterns);
  const quoted = Object.fromEntries(
    Object.entries(names).map(([name, text]) => [name, text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")]),
  );
  let left: number = keyLimits.lengthSumMax;

  /** `null` when it comes to more than the book's keys may. */
  function filled(key: string, texts: Readonly<Record<string, string>>): string | null {
    left -= key.length + keyLimits.lengthEach;
    if (left < 0) return null;
    if (!/[{<]/.test(key)) return key;
    const text = fillPlaceholders(key, { texts, seed: "" }, { isCard: true });
    left -= Math.max(0, text.length - key.length);
    return left < 0 ? null : text;
  }

  return (written, { isCaseSensitive, isPattern, wantsWholeWords }) => {
    if (written.length > patternLengthMax) {
      return written.trim() === "" ? null : { problem: "key_too_large" };
    }
    const shown = written.trim();
    if (shown === "") return null; // It would be found in any text.
    const slashed = slashedPattern(shown);
    if (slashed || isPattern) {
      const flags = slashed?.flags ?? { ignoresCase: !isCaseSensitive, dotIsAll: false, isMultiline: false };
      const source = filled(slashed?.source ?? shown, quoted);
      if (source === null) return { problem: "key_too_large" };
      const read = readPattern({ source, flags });
      return "pattern" in read ? { kind: "pattern", shown, pattern: read.pattern } : read;
    }
    if (shown.length > keyLimits.lengthMax) return { problem: "key_too_large" };
    const text = filled(shown, names)?.trim();
    if (text === undefined || text.length > keyLimits.lengthMax) return { problem: "key_too_large" };
    if (text === "") return null;
    const isWhole = wantsWholeWords && !/\s/.test(text);
    return { kind: "text", shown, isWhole, text: isCaseSensitive ? text : text.toLowerCase() };
  };
}

// As the flags and slashes around the longest pattern take up, and blanks.
const patternLengthMax = 1_100;
