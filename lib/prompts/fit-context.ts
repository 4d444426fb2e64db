/** A question with its answer, or what was said before the first question. In tokens. */
export interface TurnSize {
  /** The whole turn. */
  tokens: number;
  /** What of it is there when it is asked: the question alone. */
  questionTokens: number;
}

export interface ContextLimits {
  /** What the model can be told and answer, together. */
  contextLength: number;
  /** Kept free for the answer. */
  reserveTokens: number;
  /** What is told in any case beside the conversation: sections, summary, post prompt. */
  fixedTokens: number;
  /** Counts that are not exact leave a margin. */
  isEstimate: boolean;
}

export type Fit =
  /** From the turn `from` on all is told; the turns before it are not. */
  | { fits: true; from: number; usedTokens: number }
  /** Not even the newest question has room. */
  | { fits: false; neededTokens: number; roomTokens: number };

// What is dropped is dropped to here, so that the next few questions find the beginning where it was.
const keptShare = 0.75;
const estimateMargin = 0.1;

/**
 * Which of the oldest turns are left out so that the rest fits, whole turns only; the newest one, whose question
 * is to be answered, is always told.
 *
 * The cut is found by going through the conversation as it went: whenever a question did not fit any more, turns
 * were dropped until three quarters of the room were used. So it stays where it is while the conversation grows, and
 * never moves back, and the prompt begins with the same words from one question to the next, which is what
 * providers' caches go by.
 */
export function fitContext(turns: readonly TurnSize[], limits: ContextLimits): Fit {
  const { contextLength, reserveTokens, fixedTokens, isEstimate } = limits;
  const hardRoom = contextLength - reserveTokens - fixedTokens;
  const room = Math.floor(
    (contextLength - reserveTokens) * (isEstimate ? 1 - estimateMargin : 1) - fixedTokens,
  );
  let from = 0;
  let told = 0;
  for (const [index, { tokens, questionTokens }] of turns.entries()) {
    if (told + questionTokens > room) {
      const target = Math.floor(room * keptShare);
      while (from < index && told + questionTokens > target) told -= turns[from++]?.tokens ?? 0;
    }
    told += tokens;
  }
  const last = turns.at(-1);
  const usedTokens = told - (last ? last.tokens - last.questionTokens : 0);
  if (usedTokens > hardRoom) return { fits: false, neededTokens: usedTokens, roomTokens: hardRoom };
  return { fits: true, from, usedTokens };
}

/** Of what the model can write, unless something else is wanted: a quarter of its context, a long answer at most. */
export function defaultReserve(contextLength: number, outputTokensMax: number | null): number {
  return Math.min(outputTokensMax ?? answerTokensUsual, answerTokensUsual, Math.floor(contextLength / 4));
}

const answerTokensUsual = 16_384;
