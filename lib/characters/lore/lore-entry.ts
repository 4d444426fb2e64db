import type { LoreEntry } from "@/lib/characters/card";
import { type Decorators, listOf, readDecorators } from "./decorators";
import type { LoreKey } from "./lore-key";
import { type PatternProblem, type PatternReader, slashedPattern } from "./pattern-reader";
import { type LoreRole, type SecondaryLogic, type TavernSettings, tavernSettings } from "./tavern-settings";

/** An entry as it is matched, with what the card leaves out or writes in its own way put right. */
export interface ReadEntry {
  /** Its place in the book. */
  index: number;
  text: string;
  keys: LoreKey[];
  secondaryKeys: LoreKey[];
  secondaryLogic: SecondaryLogic;
  /** One of these has to be there as well; empty where the entry asks for none. */
  additionalKeys: LoreKey[];
  excludedKeys: LoreKey[];
  isActivated: boolean;
  isConstant: boolean;
  isCaseSensitive: boolean;
  order: number;
  /** What is lowest goes first when there is too much. */
  priority: number;
  scanDepth: number | null;
  place: LorePlace;
  messagesMin: number;
  messagesEvery: number;
  tavern: TavernSettings;
  unusedPatterns: { key: string; problem: PatternProblem }[];
  ignoredDecorators: string[];
}

export type LorePlace =
  | { kind: "before" | "after" }
  /** So many messages before the end of the conversation. */
  | { kind: "depth"; depth: number; role: LoreRole };

export interface EntryReading {
  patterns: PatternReader;
  /** Fills in the names that a key may hold; in a pattern they are plain texts. */
  fillKey: (key: string, isPattern: boolean) => string;
}

/** `null` for an entry that is switched off or has nothing to say. */
export function readEntry(entry: LoreEntry, index: number, reading: EntryReading): ReadEntry | null {
  const { text, decorators, ignored } = readDecorators(entry.content);
  const isOff = !entry.enabled || (decorators.isNeverActivated && !decorators.isActivated);
  if (isOff || text === "") return null;
  const tavern = tavernSettings(entry);
  const hasPatternsOnly = entry.use_regex === true && !tavern.isWrittenByIt;
  const isCaseSensitive = (entry.case_sensitive ?? tavern.isCaseSensitive) === true;
  const unusedPatterns: ReadEntry["unusedPatterns"] = [];

  function readKey(written: string): LoreKey[] {
    const shown = written.trim();
    const slashed = slashedPattern(shown);
    if (shown === "") return []; // It would be found in any text.
    if (!slashed && !hasPatternsOnly) {
      const filled = reading.fillKey(shown, false).trim();
      const whole = { kind: "text" as const, shown, isWhole: tavern.wantsWholeWords && !/\s/.test(filled) };
      return filled === "" ? [] : [{ ...whole, text: isCaseSensitive ? filled : filled.toLowerCase() }];
    }
    const flags = slashed?.flags ?? { ignoresCase: !isCaseSensitive, dotIsAll: false, isMultiline: false };
    const source = reading.fillKey(slashed?.source ?? shown, true);
    const read = reading.patterns({ source, flags });
    if ("pattern" in read) return [{ kind: "pattern", shown, pattern: read.pattern }];
    unusedPatterns.push({ key: shown, problem: read.problem });
    return [];
  }

  const additional = decorators.additionalKeys;
  return {
    index,
    text,
    // Where keys are patterns, those are more of them; elsewhere they are a condition of their own.
    keys: [...entry.keys, ...(hasPatternsOnly ? additional : [])].flatMap(readKey),
    secondaryKeys:
      entry.selective === true && !hasPatternsOnly ? secondaryKeysOf(entry).flatMap(readKey) : [],
    secondaryLogic: tavern.secondaryLogic,
    additionalKeys: hasPatternsOnly ? [] : additional.flatMap(readKey),
    excludedKeys: hasPatternsOnly ? [] : decorators.excludedKeys.flatMap(readKey),
    isActivated: decorators.isActivated,
    isConstant: entry.constant === true && !hasPatternsOnly,
    isCaseSensitive,
    order: entry.insertion_order,
    priority: numberOf(entry.priority) ?? entry.insertion_order,
    scanDepth: decorators.scanDepth ?? tavern.scanDepth,
    place: placeOf(entry, decorators, tavern),
    messagesMin: decorators.messagesMin,
    messagesEvery: decorators.messagesEvery,
    tavern,
    unusedPatterns,
    ignoredDecorators: ignored,
  };
}

export function numberOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** A decorator's word counts before SillyTavern's, and that before the card's own, which has two places only. */
function placeOf(entry: LoreEntry, decorators: Decorators, tavern: TavernSettings): LorePlace {
  const { position, depth, role } = decorators;
  if (position !== null) return { kind: position };
  if (depth !== null) return { kind: "depth", depth, role: role ?? "system" };
  if (tavern.inConversation) return { kind: "depth", ...tavern.inConversation };
  return { kind: entry.position === "before_char" ? "before" : "after" };
}

/** As a list, or as one text with commas. */
function secondaryKeysOf({ secondary_keys: keys }: LoreEntry): string[] {
  if (typeof keys === "string") return listOf(keys);
  return Array.isArray(keys) ? keys.filter((key) => typeof key === "string") : [];
}
