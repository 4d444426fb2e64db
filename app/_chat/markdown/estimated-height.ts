import type { Block } from "./block-reader";

/** About how high blocks will be, in pixels, before anything has been laid out. */
export function heightOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, { token }) => sum + heightOfText(token.type, token.raw), 0);
}

export function heightOfText(type: string, raw: string): number {
  if (type === "space" || type === "def") return 0;
  const written = raw.trimEnd().split("\n");
  if (type === "code") return written.length * codeLinePx + codeFramePx;
  const lines = written.reduce((sum, line) => sum + Math.ceil(line.length / lineLength), 0);
  return lines * linePx + gapPx;
}

/** In a column of its full width. */
const lineLength = 85;
const linePx = 27;
const gapPx = 15;
const codeLinePx = 21;
const codeFramePx = 42;
