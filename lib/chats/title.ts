const titleLengthMax = 60;

/** A first title from the question itself: its first line with words, cut at a word. */
export function titleFrom(question: string): string | null {
  const line = firstLineOf(question);
  return line === null ? null : shortened(line, titleLengthMax);
}

function firstLineOf(text: string): string | null {
  const line = text
    .split("\n")
    .map((line) =>
      line
        .replace(/^[\s#>*`-]+/, "")
        .replace(/\s+/g, " ")
        .trim(),
    )
    .find((line) => line !== "");
  return line ?? null;
}

function shortened(line: string, lengthMax: number): string {
  const characters = Array.from(line);
  if (characters.length <= lengthMax) return line;
  const cut = characters.slice(0, lengthMax).join("");
  const lastSpace = cut.lastIndexOf(" ");
  return `${lastSpace > lengthMax / 2 ? cut.slice(0, lastSpace) : cut}…`;
}

/**
 * The title in what a model answered: one line of at most 60 characters without thoughts, quotation marks, Markdown or
 * characters that nobody sees. `null` when it wrote something else, such as a whole answer.
 */
export function titleIn(answer: string): string | null {
  const spoken = answer.replace(/<think(?:ing)?>[\s\S]*?(?:<\/think(?:ing)?>|$)/gi, "");
  const line = firstLineOf(
    spoken.replace(
      /(?![\n\t])[\p{Cc}\p{Zl}\p{Zp}]|[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu,
      " ",
    ),
  );
  if (line === null || line.length > plausibleLengthMax) return null;
  const bare = line
    .replace(/^(?:title|titel|titre|título|titolo)\s*[:：]\s*/iu, "")
    .replace(/^["'“”„«»‹›‘’「」『』《》*_`]+|["'“”„«»‹›‘’「」『』《》*_`]+$/gu, "")
    .replace(/[.。．:：]+$/u, "")
    .replace(/["'”»’」』》*_`]+$/u, "")
    .trim();
  return /[\p{L}\p{N}]/u.test(bare) ? shortened(bare, titleLengthMax - 1) : null;
}

/** Nobody who was asked for a few words and wrote so many has written a title. */
const plausibleLengthMax = 120;
