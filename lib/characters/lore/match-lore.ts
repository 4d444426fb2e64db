import type { Lorebook } from "@/lib/characters/card";
import { createFilledCounter } from "@/lib/prompts/filled-counter";
import type { LoreNote, LoreReport } from "@/lib/prompts/lore-report";
import type { LoreAtDepth } from "@/lib/prompts/prompt-character";
import { createChooser } from "@/lib/prompts/stable-choice";
import { type Called, callOf, type Round } from "./call-of";
import { entryName } from "./entry-name";
import { createHaystack } from "./haystack";
import { numberOf, type ReadEntry } from "./lore-entry";
import { type BookReading, readBook } from "./read-book";
import { createScan } from "./scan";
import { loreRoles } from "./tavern-settings";

export interface LoreSettings extends BookReading {
  countTokens: (text: string) => number;
  /** What the placeholders of entries stand for when they are told; the names unless given. */
  texts?: Readonly<Record<string, string>>;
  /** How many of the newest texts are searched where the book does not say; 4 unless given. */
  scanDepth?: number;
}

export interface Said {
  /** Of the messages, the newest last. */
  texts: readonly string[];
  /** How many of them are the character's. */
  answers: number;
  /** Entries that come by chance come again for the same chat and as many messages. */
  seed: string;
}

export interface MatchedLore {
  /** In the order in which they are told. */
  beforeDescription: string[];
  afterDescription: string[];
  atDepth: LoreAtDepth[];
  report: LoreReport;
}

const scanDepthDefault = 4;
/** How often what was found is searched in its turn. */
const roundsMax = 5;

/**
 * The entries that a conversation calls up, by the rules of the card specifications and, for entries that SillyTavern
 * has written, its own. Keys are texts, or patterns of an engine that does not backtrack; what has no effect is named
 * in the report. Whatever the book, the work is bounded (see `createPatternReader` and `createScan`).
 */
export function matchLore(book: Lorebook, said: Said, settings: LoreSettings): MatchedLore {
  const read = readBook(book, settings);
  const depth = numberOf(book.scan_depth) ?? settings.scanDepth ?? scanDepthDefault;
  const scan = createScan();
  const conversation = createHaystack(said.texts);
  const choose = createChooser(`${said.seed}\n${said.texts.length}`);
  const entries = read.entries.filter(
    ({ index, tavern }) => choose(`lore ${index}`, 100) < tavern.probability,
  );
  const called = new Map<ReadEntry, Called>();

  function callAll(round: Omit<Round, "scan" | "answers">): ReadEntry[] {
    return entries.filter((entry) => {
      if (called.has(entry)) return false;
      const call = callOf(entry, { ...round, scan, answers: said.answers });
      if (call) called.set(entry, call);
      return call !== null;
    });
  }

  let fresh = callAll({ texts: conversation, depth, isRecursion: false });
  for (let round = 0; book.recursive_scanning === true && fresh.length > 0 && round < roundsMax; round++) {
    const speaking = fresh.filter(({ tavern }) => !tavern.callsNoOthers);
    const texts = createHaystack(speaking.map(({ text }) => searchable(text)));
    fresh = callAll({ texts, depth: speaking.length, isRecursion: true });
  }

  const { texts = settings.names, countTokens } = settings;
  const kept = withinBudget([...called.keys()], numberOf(book.token_budget), {
    countFilled: createFilledCounter({ texts, seed: said.seed, countTokens }),
    countWritten: countTokens,
  });
  const told = [...kept.keys()].sort((one, other) => one.order - other.order || one.index - other.index);
  const nameOf = ({ index }: ReadEntry) => {
    const entry = book.entries[index];
    return entry ? entryName(entry) : "";
  };
  const noted = (problem: LoreNote["problem"], applies: (entry: ReadEntry) => boolean): LoreNote[] =>
    entries.filter(applies).map((entry) => ({ entry: entry.index, name: nameOf(entry), problem, what: [] }));
  return {
    beforeDescription: told.filter(({ place }) => place.kind === "before").map(({ text }) => text),
    afterDescription: told.filter(({ place }) => place.kind === "after").map(({ text }) => text),
    atDepth: atDepthOf(told),
    report: {
      told: told.map((entry) => ({
        entry: entry.index,
        name: nameOf(entry),
        tokens: kept.get(entry) ?? 0,
        ...(called.get(entry) ?? { reason: "always", key: null }),
      })),
      notes: [
        ...read.notes,
        ...noted("over_budget", (entry) => called.has(entry) && !kept.has(entry)),
        ...noted("not_searched", (entry) => scan.skipped.has(entry)),
      ],
    },
  };
}

/**
 * The entries that stay, with their tokens. What is lowest goes first, of equals the later one, until the rest fits.
 * What could not be counted filled in fits into no budget.
 */
function withinBudget(
  called: readonly ReadEntry[],
  budget: number | null,
  {
    countFilled,
    countWritten,
  }: { countFilled: (text: string) => number | null; countWritten: (text: string) => number },
): Map<ReadEntry, number> {
  const byWorth = [...called].sort(
    (one, other) => other.priority - one.priority || one.order - other.order || one.index - other.index,
  );
  const kept = new Map<ReadEntry, number>();
  let left = budget ?? Number.POSITIVE_INFINITY;
  for (const entry of byWorth) {
    const tokens = countFilled(entry.text);
    const isFree = budget === null || entry.tavern.ignoresBudget;
    if (!isFree) left -= tokens ?? Number.POSITIVE_INFINITY;
    if (left >= 0 || isFree) kept.set(entry, tokens ?? countWritten(entry.text));
  }
  return kept;
}

/** What stands in one place with one role is one message. */
function atDepthOf(told: readonly ReadEntry[]): LoreAtDepth[] {
  const messages = new Map<string, LoreAtDepth>();
  for (const { place, text } of told) {
    if (place.kind !== "depth") continue;
    const { depth, role } = place;
    const key = `${depth} ${role}`;
    const { texts } = messages.get(key) ?? { texts: [] };
    messages.set(key, { depth, role, texts: [...texts, text] });
  }
  return [...messages.values()].sort(
    (one, other) => other.depth - one.depth || loreRoles.indexOf(one.role) - loreRoles.indexOf(other.role),
  );
}

/** What is a note of the author's calls nothing; what is there to be found, and not to be told, does. */
function searchable(text: string): string {
  return text
    .replace(/\{\{\s*(?:\/\/|comment\s*:)[^{}]*\}\}/gi, "")
    .replace(/\{\{\s*hidden_key\s*:([^{}]*)\}\}/gi, "$1");
}
