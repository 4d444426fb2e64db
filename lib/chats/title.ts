const titleLengthMax = 60;

/** A first title from the question itself: its first line with words, cut at a word. */
export function titleFrom(question: string): string | null {
  const line = question
    .split("\n")
    .map((text) =>
      text
        .replace(/^[\s#>*`-]+/, "")
        .replace(/\s+/g, " ")
        .trim(),
    )
    .find((text) => text !== "");
  if (line === undefined) return null;
  const characters = Array.from(line);
  if (characters.length <= titleLengthMax) return line;
  const cut = characters.slice(0, titleLengthMax).join("");
  const lastSpace = cut.lastIndexOf(" ");
  return `${lastSpace > titleLengthMax / 2 ? cut.slice(0, lastSpace) : cut}…`;
}
