/** Of one message what was said last is searched. */
const textLengthMax = 20_000;
/** Of all messages the newest are. */
const lengthMax = 2_000_000;
/** No key holds it: none is found across two texts. */
const between = "\0";

/** Texts to be searched for keys, the newest last: each is prepared once in each of the two cases, when it is wanted. */
export interface Haystack {
  /** The newest so many texts are what `whole` has from `from` on. */
  newest(count: number, isCaseSensitive: boolean): { whole: string; from: number };
  /** The same one by one: the first `count` of `pieces`, which has the newest first. */
  each(count: number): { pieces: readonly string[]; count: number };
}

export function createHaystack(texts: readonly string[]): Haystack {
  let exact: Prepared | undefined;
  let lowered: Prepared | undefined;

  return {
    newest(count, isCaseSensitive) {
      if (isCaseSensitive) exact ??= prepare(texts, (text) => text);
      else lowered ??= prepare(texts, (text) => text.toLowerCase());
      const { whole, lengths } = (isCaseSensitive ? exact : lowered) ?? nothing;
      const taken = Math.min(wholeCount(count), lengths.length - 1);
      return { whole, from: whole.length - (lengths[taken] ?? 0) };
    },

    each(count) {
      exact ??= prepare(texts, (text) => text);
      return { pieces: exact.pieces, count: Math.min(wholeCount(count), exact.pieces.length) };
    },
  };
}

/** `lengths` has how long the newest texts are together, by how many they are. */
interface Prepared {
  whole: string;
  pieces: string[];
  lengths: number[];
}

const nothing: Prepared = { whole: "", pieces: [], lengths: [0] };

function wholeCount(count: number): number {
  return Math.max(0, Math.floor(count));
}

function prepare(texts: readonly string[], inCase: (text: string) => string): Prepared {
  const pieces: string[] = [];
  const lengths = [0];
  let length = 0;
  for (let index = texts.length - 1; index >= 0 && length < lengthMax; index--) {
    const piece = inCase((texts[index] ?? "").slice(-textLengthMax));
    pieces.push(piece);
    length += between.length + piece.length;
    lengths.push(length);
  }
  return { whole: [...pieces, ""].reverse().join(between), pieces, lengths };
}
