/**
 * How well a text suits what somebody types to find it: 0 is not at all, more is better. All words must be
 * found, in any order, each as it stands or with letters left out. The start of a word counts most.
 */
export function fuzzyScore(text: string, query: string): number {
  const words = fold(query).split(" ").filter(Boolean);
  if (words.length === 0) return 1;
  const folded = fold(text);
  const scores = words.map((word) => scoreOfWord(folded, word));
  return scores.includes(0) ? 0 : scores.reduce((sum, score) => sum + score, 0) / words.length;
}

function scoreOfWord(text: string, word: string): number {
  if (text.startsWith(word)) return 4;
  if (text.includes(` ${word}`)) return 3;
  if (text.includes(word)) return 2;
  return startOfLetters(text, word) ?? 0;
}

/** The letters one after the other, the first at the start of a word; the closer together, the nearer to 1. */
function startOfLetters(text: string, word: string): number | null {
  let best = 0;
  for (let start = 0; start < text.length; start += 1) {
    if (start > 0 && text[start - 1] !== " ") continue;
    const span = spanOf(text, word, start);
    if (span !== null && span <= word.length * spreadMax) best = Math.max(best, word.length / span);
  }
  return best === 0 ? null : best;
}

function spanOf(text: string, word: string, start: number): number | null {
  let at = start;
  for (const letter of word) {
    const found = text.indexOf(letter, at);
    if (found < 0 || (at === start && found !== start)) return null;
    at = found + 1;
  }
  return at - start;
}

/** Letters that are further apart were not meant. */
const spreadMax = 4;

function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
