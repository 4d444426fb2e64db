/** How often an answer that is being streamed is looked at. */
export interface Pace {
  /** One more answer is read; `left` says when it no longer is. */
  joined(): void;
  left(): void;
  /** The least that lies between two looks at one answer, in milliseconds; 0 for "as it comes". */
  pauseMs(): number;
}

// What a look costs is much the same whether it finds one token or ten. So many a second leave the greater
// part of a core to everything else.
const looksPerSecond = 1_500;
// A few answers at once are passed on token by token.
const pauseMsMin = 5;
// With the time it takes to pass on, text stays well below a quarter of a second late.
const pauseMsMax = 120;

/** One for all the answers that a process reads: the more there are, the more tokens each look takes. */
export function createPace(): Pace {
  let answers = 0;
  return {
    joined() {
      answers += 1;
    },
    left() {
      answers -= 1;
    },
    pauseMs() {
      const pause = Math.min(pauseMsMax, (1_000 * answers) / looksPerSecond);
      return pause < pauseMsMin ? 0 : pause;
    },
  };
}

export const processPace = createPace();
