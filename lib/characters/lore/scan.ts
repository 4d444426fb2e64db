import type { ReadEntry } from "./lore-entry";

/** Searching counts each key with the length of the text that it is looked for in. */
const charactersMax = 200_000_000;
/** Of one message what was said last is searched. */
const textLengthMax = 20_000;

export interface Scan {
  hasOne(entry: ReadEntry, keys: readonly string[], texts: readonly string[]): boolean;
  /** Entries that were not searched for because there was too much to search. */
  skipped: ReadonlySet<ReadEntry>;
}

/** A search of bounded work: once it is used up nothing more is found. */
export function createScan(): Scan {
  const lowered = new Map<string, string>();
  const skipped = new Set<ReadEntry>();
  let left = charactersMax;

  function lower(text: string): string {
    const known = lowered.get(text);
    if (known !== undefined) return known;
    const made = text.toLowerCase();
    lowered.set(text, made);
    return made;
  }

  return {
    skipped,
    hasOne(entry, keys, texts) {
      const searched = texts.map((text) => {
        const end = text.slice(-textLengthMax);
        return entry.isCaseSensitive ? end : lower(end);
      });
      const length = searched.reduce((sum, text) => sum + text.length, 1);
      for (const key of keys) {
        left -= length;
        if (left < 0) {
          skipped.add(entry);
          return false;
        }
        const wanted = entry.isCaseSensitive ? key : key.toLowerCase();
        if (searched.some((text) => text.includes(wanted))) return true;
      }
      return false;
    },
  };
}
