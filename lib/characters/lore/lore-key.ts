import type { Pattern } from "./pattern-engine";

/** A key as it is looked for. */
export type LoreKey = {
  /** As it was written. */
  shown: string;
} & ({ kind: "text"; text: string; isWhole: boolean } | { kind: "pattern"; pattern: Pattern });

/**
 * Whether a word begins at `from` or later that is the key and no part of a longer one. Where a script has no spaces
 * between its words, any place will do. Each place where the key is has to be let: else the search ends.
 */
export function includesWord(whole: string, key: string, from: number, maySee: () => boolean): boolean {
  for (let at = whole.indexOf(key, from); at !== -1; at = whole.indexOf(key, at + key.length)) {
    if (!maySee()) return false;
    const before = whole.slice(Math.max(from, at - 2), at);
    const after = whole.slice(at + key.length, at + key.length + 2);
    if (!endsInWord.test(before) && !beginsInWord.test(after)) return true;
  }
  return false;
}

const spacedLetter =
  "(?![\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Thai}\\p{scx=Lao}\\p{scx=Khmer}\\p{scx=Myanmar}])[\\p{L}\\p{N}_]";
const endsInWord = new RegExp(`${spacedLetter}$`, "u");
const beginsInWord = new RegExp(`^${spacedLetter}`, "u");
