import type { HistoryEntry } from "./history";
import { digestsOf } from "./recipe";
import type { Summary } from "./summary";

/** A summary and how much of the branch's history it stands for. */
export interface Reach {
  summary: Summary;
  entries: number;
  /** What it was made from is no longer what is said there. */
  isStale: boolean;
}

/** Those that reach to one of the history's messages, the shortest first. */
export function reachesOf(summaries: readonly Summary[], history: readonly HistoryEntry[]): Reach[] {
  const lengths = new Map(history.map(({ messageId }, index) => [messageId, index + 1]));
  const reaching = summaries.map((summary) => ({
    summary,
    entries: lengths.get(summary.throughMessageId) ?? 0,
  }));
  const digests = digestsOf(history, new Set(reaching.map(({ entries }) => entries)));
  return reaching
    .filter(({ entries }) => entries > 0)
    .map((reach) => ({ ...reach, isStale: digests.get(reach.entries) !== reach.summary.sourceDigest }));
}

/** Those of which the branch still says what they were made from, the shortest first. */
export function standingOf(summaries: readonly Summary[], history: readonly HistoryEntry[]): Reach[] {
  return reachesOf(summaries, history).filter(({ isStale }) => !isStale);
}
