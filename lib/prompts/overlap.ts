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
  let held = "";
  let isDecided = end.length < overlapMin;

  function decide(isLast: boolean): string {
    const text = held.trimStart();
    const mayGrow =
      !isLast && endings(end).some((ending) => ending.length > text.length && ending.startsWith(text));
    if (mayGrow) return "";
    isDecided = true;
    const repeated = endings(end).find((ending) => text.startsWith(ending));
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

/** The ends of a text that are long enough to count, the longest first. */
function endings(text: string): string[] {
  return Array.from({ length: text.length - overlapMin + 1 }, (_, start) => text.slice(start));
}
