/**
 * A text in pieces, each but the last of whole lines. They are not joined: a text that grows would be copied with each
 * of its words.
 */
export type Pieces = readonly string[];

export function lengthOf(pieces: Pieces): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0);
}

/** A copy: a part of a string would keep all of it in memory, in V8, for as long as the part is there. */
export function sliceOf(pieces: Pieces, start: number, end: number): string {
  let slice = " ";
  let at = 0;
  for (const piece of pieces) {
    if (at < end && at + piece.length > start) slice += piece.slice(Math.max(0, start - at), end - at);
    at += piece.length;
  }
  return slice.slice(1);
}

/** Whether a text goes on with another one, or is the same, whatever the pieces are. */
export function goesOnWith(known: Pieces, pieces: Pieces): boolean {
  const last = known.length - 1;
  const areKept = known.every((piece, index) =>
    index === last ? pieces[index]?.startsWith(piece) : pieces[index] === piece,
  );
  return areKept || pieces.join("").startsWith(known.join(""));
}

/** With the line ends that Markdown is read with; those that have them already are the same strings. */
export function withPlainLineEnds(pieces: Pieces): Pieces {
  if (!pieces.some((piece) => piece.includes("\r"))) return pieces;
  return pieces.map((piece) => piece.replace(/\r\n?/g, "\n"));
}
