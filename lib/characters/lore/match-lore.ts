import type { Lorebook } from "@/lib/characters/card";
import { createHaystack, type Haystack } from "./haystack";
import { numberOf, type ReadEntry, readEntry } from "./lore-entry";
import { createScan, type Scan } from "./scan";

export interface LoreSettings {
  countTokens: (text: string) => number;
  /** How many of the newest texts are searched where the book does not say; 4 unless given. */
  scanDepth?: number;
}

export interface LoreNote {
  /** The place of the entry in the book. */
  entry: number;
  problem: "pattern_not_used" | "decorators_ignored" | "over_budget" | "not_searched";
}

export interface MatchedLore {
  /** In the order in which they are told. */
  beforeDescription: string[];
  afterDescription: string[];
  notes: LoreNote[];
}

const scanDepthDefault = 4;
/** How often what was found is searched in its turn. */
const roundsMax = 5;

/**
 * The entries that a conversation calls up, by the rules of the card specifications; `texts` are the messages' texts,
 * the newest last. Keys are plain texts: entries whose keys are patterns are not used, because a pattern of a
 * stranger's may take for ever, and are named in `notes`. Whatever the book, the work is bounded (see `createScan`).
 */
export function matchLore(book: Lorebook, texts: readonly string[], settings: LoreSettings): MatchedLore {
  const entries = book.entries.flatMap((entry, index) => readEntry(entry, index) ?? []);
  const depth = numberOf(book.scan_depth) ?? settings.scanDepth ?? scanDepthDefault;
  const scan = createScan();
  const conversation = createHaystack(texts);
  const matched = new Set(
    entries.filter((entry) => isCalled(entry, conversation, entry.scanDepth ?? depth, scan)),
  );

  let fresh = [...matched];
  for (let round = 0; book.recursive_scanning === true && fresh.length > 0 && round < roundsMax; round++) {
    const said = createHaystack(fresh.map(({ text }) => text));
    const count = fresh.length;
    fresh = entries.filter((entry) => !matched.has(entry) && isCalled(entry, said, count, scan));
    for (const entry of fresh) matched.add(entry);
  }

  const kept = withinBudget([...matched], numberOf(book.token_budget), settings.countTokens);
  const told = [...kept].sort((one, other) => one.order - other.order || one.index - other.index);
  return {
    beforeDescription: told.filter(({ position }) => position === "before").map(({ text }) => text),
    afterDescription: told.filter(({ position }) => position === "after").map(({ text }) => text),
    notes: [
      ...notesOf(entries, "pattern_not_used", (entry) => entry.usesPatterns && !entry.isConstant),
      ...notesOf(entries, "decorators_ignored", ({ ignoredDecorators }) => ignoredDecorators.length > 0),
      ...notesOf(entries, "over_budget", (entry) => matched.has(entry) && !kept.has(entry)),
      ...notesOf(entries, "not_searched", (entry) => scan.skipped.has(entry)),
    ],
  };
}

function isCalled(entry: ReadEntry, texts: Haystack, depth: number, scan: Scan): boolean {
  if (entry.isConstant) return true;
  if (entry.usesPatterns) return false;
  const has = (keys: readonly string[]) => scan.hasOne(entry, keys, texts, depth);
  return (
    has(entry.keys) &&
    (entry.secondaryKeys.length === 0 || has(entry.secondaryKeys)) &&
    !has(entry.excludedKeys)
  );
}

/** What is lowest goes first, of equals the later one, until the rest fits. */
function withinBudget(
  entries: readonly ReadEntry[],
  budget: number | null,
  countTokens: LoreSettings["countTokens"],
): Set<ReadEntry> {
  if (budget === null) return new Set(entries);
  const byWorth = [...entries].sort(
    (one, other) => other.priority - one.priority || one.order - other.order || one.index - other.index,
  );
  const kept = new Set<ReadEntry>();
  let left = budget;
  for (const entry of byWorth) {
    left -= countTokens(entry.text);
    if (left < 0) break;
    kept.add(entry);
  }
  return kept;
}

function notesOf(
  entries: readonly ReadEntry[],
  problem: LoreNote["problem"],
  applies: (entry: ReadEntry) => boolean,
): LoreNote[] {
  return entries.filter(applies).map(({ index }) => ({ entry: index, problem }));
}
