import type { Haystack } from "./haystack";
import type { ReadEntry } from "./lore-entry";

/** Searching counts each key with the length of what it is looked for in; this many take some 60 ms. */
const charactersMax = 50_000_000;

export interface Scan {
  /** Whether one of the keys was said in the newest `depth` texts. */
  hasOne(entry: ReadEntry, keys: readonly string[], texts: Haystack, depth: number): boolean;
  /** Entries that were not searched for because there was too much to search. */
  skipped: ReadonlySet<ReadEntry>;
}

/** A search of bounded work: once it is used up nothing more is found. */
export function createScan(): Scan {
  const skipped = new Set<ReadEntry>();
  let left = charactersMax;

  return {
    skipped,
    hasOne(entry, keys, texts, depth) {
      if (keys.length === 0) return false;
      if (left > 0) {
        const { whole, from } = texts.newest(depth, entry.isCaseSensitive);
        for (const key of keys) {
          left -= whole.length - from + 1;
          if (left < 0) break;
          if (whole.includes(entry.isCaseSensitive ? key : key.toLowerCase(), from)) return true;
        }
      }
      if (left <= 0) skipped.add(entry);
      return false;
    },
  };
}
