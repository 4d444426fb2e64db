import type { LoreReport } from "@/lib/prompts/lore-report";
import type { Haystack } from "./haystack";
import type { ReadEntry } from "./lore-entry";
import type { LoreKey } from "./lore-key";
import type { Scan } from "./scan";

/** What has called an entry. */
export type Called = Pick<LoreReport["told"][number], "reason" | "key">;

export interface Round {
  texts: Haystack;
  /** How many of the newest texts are searched where the entry does not say. */
  depth: number;
  /** The texts are those of other entries. */
  isRecursion: boolean;
  /** Messages of the character so far. */
  answers: number;
  scan: Scan;
}

/** Whether an entry is called, and by what; `null` where it is not, or could not be searched for to the end. */
export function callOf(entry: ReadEntry, round: Round): Called | null {
  const { texts, isRecursion, answers, scan } = round;
  const { tavern } = entry;
  if (entry.isActivated) return always;
  if (isRecursion ? tavern.isNotCalledByOthers : tavern.isOnlyCalledByOthers) return null;
  if (answers < entry.messagesMin || answers % entry.messagesEvery !== 0) return null;
  if (entry.isConstant) return always;

  const depth = isRecursion ? round.depth : (entry.scanDepth ?? round.depth);
  const isSaid = (key: LoreKey) => scan.has(entry, key, texts, depth);
  const key = entry.keys.find(isSaid);
  if (!key) return null;
  if (!secondKeysAgree(entry, isSaid)) return null;
  if (entry.additionalKeys.length > 0 && !entry.additionalKeys.some(isSaid)) return null;
  if (entry.excludedKeys.some(isSaid)) return null;
  if (scan.skipped.has(entry)) return null;
  return { reason: isRecursion ? "recursion" : "key", key: key.shown };
}

const always: Called = { reason: "always", key: null };

function secondKeysAgree(
  { secondaryKeys: keys, secondaryLogic }: ReadEntry,
  isSaid: (key: LoreKey) => boolean,
): boolean {
  if (keys.length === 0) return true;
  switch (secondaryLogic) {
    case "any":
      return keys.some(isSaid);
    case "all":
      return keys.every(isSaid);
    case "none":
      return !keys.some(isSaid);
    case "not-all":
      return !keys.every(isSaid);
    default:
      return secondaryLogic satisfies never;
  }
}
