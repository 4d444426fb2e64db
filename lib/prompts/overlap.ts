// Shorter repetitions are as likely chance as not: a text may well go on with the letter it ended with.
const overlapMin = 12;
const overlapMax = 400;

/** Takes from a continuation what it repeats of the end of the text that it continues. */
export interface OverlapTrimmer {
  /** The text that is known to be new; empty while that is not decided. */
  push(delta: string): string;
  end(): string;
}

export function createOverlapTrimmer(partial: string): OverlapTrimmer {
  const end = partial.slice(-overlapMax);
  const tellingMin = tellingLength(partial);
  let held = "";
  let isDecided = end.length < tellingMin;

  function decide(isLast: boolean): string {
    const text = held.trimStart();
    const mayGrow =
      !isLast &&
      endings(end, tellingMin).some((ending) => ending.length > text.length && ending.startsWith(text));
    if (mayGrow) return "";
    isDecided = true;
    const repeated = endings(end, tellingMin).find((ending) => text.startsWith(ending));
    const fresh = repeated === undefined ? held : text.slice(repeated.length);
    held = "";
    return fresh;
  }

  return {
    push(delta) {
      if (isDecided) return delta;
      held += delta;
      return decide(false);
    },
    end: () => (isDecided ? "" : decide(true)),
  };
}

/**
 * From which length on an end of the text stands nowhere else in it. What repeats itself, a refrain or a table, may
 * well do so once more: rather a word twice than a word lost.
 */
function tellingLength(text: string): number {
  let from = overlapMin;
  let to = overlapMax + 1;
  while (from < to) {
    const length = Math.floor((from + to) / 2);
    const isElsewhere = text.indexOf(text.slice(-length)) < text.length - length;
    if (isElsewhere) from = length + 1;
    else to = length;
  }
  return from;
}

/** The ends of a text that are long enough to count, the longest first. */
function endings(text: string, lengthMin: number): string[] {
  return Array.from({ length: text.length - lengthMin + 1 }, (_, start) => text.slice(start));
}
