/**
 * About how much work a regular expression is to be taken in, in instructions with every repetition written out; for
 * one that is not well formed it is some number. One reading, no recursion.
 */
export function patternSize(source: string): number {
  const outer: Frame[] = [];
  let frame: Frame = { size: 0, last: 0 };

  function add(size: number): void {
    frame.size += size;
    frame.last = size;
  }

  function close(): void {
    const { size } = frame;
    frame = outer.pop() ?? { size: 0, last: 0 };
    add(size + 2);
  }

  const tokens = /\\[pP]\{[^}]*\}|\\[\s\S]|\[\^?\]?(?:\\[\s\S]|[^\]\\])*\]|\{(\d+)(?:(,)(\d*))?\}|[\s\S]/g;
  for (const [token, least, , most] of source.matchAll(tokens)) {
    if (least !== undefined) {
      const times = Math.max(1, Number(least), Number(most || 0));
      frame.size += frame.last * (times - 1);
      frame.last *= times;
    } else if (token === "(") {
      outer.push(frame);
      frame = { size: 0, last: 0 };
    } else if (token === ")") close();
    else add(1 + unicodeClassSize * (token.match(/\\p/gi)?.length ?? 0));
  }
  while (outer.length > 0) close();
  return frame.size;
}

interface Frame {
  size: number;
  /** Of what a repetition would repeat. */
  last: number;
}

// Its ranges are gathered each time that it is named, which takes as long as so many instructions.
const unicodeClassSize = 50;
