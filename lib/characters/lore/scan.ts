import type { Haystack } from "./haystack";
import type { ReadEntry } from "./lore-entry";
import { includesWord, type LoreKey } from "./lore-key";

/**
 * Searching counts each key with the length of what it is looked for in; this many take some 60 ms where both are made
 * to take long (the engine passes over a text in proportion to its length as long as the key has no more than
 * `keyLimits.lengthMax`), and mostly a tenth.
 */
const charactersMax = 10_000_000;
/** What it takes to look around one place where a whole word may be. */
const charactersEachPlace = 50;
/** Searching for a pattern counts its size times that length; this many take some 100 ms at worst, and mostly less. */
export const stepsMax = 40_000_000;

export interface Scan {
  /** Whether a key was said in the newest `depth` texts. */
  has(entry: ReadEntry, key: LoreKey, texts: Haystack, depth: number): boolean;
  /** Entries that were not searched for because there was too much to search. */
  skipped: ReadonlySet<ReadEntry>;
}

/** A search of bounded work: once it is used up nothing more is found. */
export function createScan(): Scan {
  const skipped = new Set<ReadEntry>();
  let charactersLeft = charactersMax;
  let stepsLeft = stepsMax;

  function spend(entry: ReadEntry, characters: number): boolean {
    charactersLeft -= characters;
    return !isTooMuch(entry, charactersLeft);
  }

  function isTooMuch(entry: ReadEntry, left: number): boolean {
    if (left < 0) skipped.add(entry);
    return left < 0;
  }

  return {
    skipped,
    has(entry, key, texts, depth) {
      if (isTooMuch(entry, key.kind === "text" ? charactersLeft : stepsLeft)) return false;
      if (key.kind === "text") {
        const { whole, from } = texts.newest(depth, entry.isCaseSensitive);
        if (!spend(entry, whole.length - from + 1)) return false;
        if (!key.isWhole) return whole.includes(key.text, from);
        return includesWord(whole, key.text, from, () => spend(entry, charactersEachPlace));
      }
      const { pieces, count } = texts.each(depth);
      for (let at = 0; at < count; at++) {
        const text = pieces[at] ?? "";
        stepsLeft -= key.pattern.size * (text.length + 1);
        if (isTooMuch(entry, stepsLeft)) return false;
        if (key.pattern.isIn(text)) return true;
      }
      return false;
    },
  };
}
