import type { LoreEntry } from "@/lib/characters/card";
import { type Decorators, listOf, readDecorators } from "./decorators";
import type { KeyProblem, KeyReader } from "./key-reader";
import type { LoreKey } from "./lore-key";
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
  unusedKeys: { key: string; problem: KeyProblem }[];
  ignoredDecorators: string[];
}

export type LorePlace =
  | { kind: "before" | "after" }
  /** So many messages before the end of the conversation. */
  | { kind: "depth"; depth: number; role: LoreRole };

/** `null` for an entry that is switched off or has nothing to say. */
export function readEntry(entry: LoreEntry, index: number, readKey: KeyReader): ReadEntry | null {
  const { text, decorators, ignored } = readDecorators(entry.content);
  const isOff = !entry.enabled || (decorators.isNeverActivated && !decorators.isActivated);
  if (isOff || text === "") return null;
  const tavern = tavernSettings(entry);
  const hasPatternsOnly = entry.use_regex === true && !tavern.isWrittenByIt;
  const isCaseSensitive = (entry.case_sensitive ?? tavern.isCaseSensitive) === true;
  const unusedKeys: ReadEntry["unusedKeys"] = [];
  const reading = { isCaseSensitive, isPattern: hasPatternsOnly, wantsWholeWords: tavern.wantsWholeWords };

  function keysOf(written: readonly string[]): LoreKey[] {
    return written.flatMap((key) => {
      const read = readKey(key, reading);
      if (read === null) return [];
      if ("kind" in read) return [read];
      unusedKeys.push({ key: key.trim(), problem: read.problem });
      return [];
    });
  }

  const additional = decorators.additionalKeys;
  // Where keys are patterns, those are more of them; elsewhere they are a condition of their own.
  const keys = keysOf([...entry.keys, ...(hasPatternsOnly ? additional : [])]);
  // Version 3: one that is no pattern keeps the entry from being called by the others.
  const isCallable = !hasPatternsOnly || unusedKeys.every(({ problem }) => problem !== "pattern_invalid");
  return {
    index,
    text,
    keys: isCallable ? keys : [],
    secondaryKeys: entry.selective === true && !hasPatternsOnly ? keysOf(secondaryKeysOf(entry)) : [],
    secondaryLogic: tavern.secondaryLogic,
    additionalKeys: hasPatternsOnly ? [] : keysOf(additional),
    excludedKeys: hasPatternsOnly ? [] : keysOf(decorators.excludedKeys),
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
    unusedKeys,
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
export function secondaryKeysOf({ secondary_keys: keys }: LoreEntry): string[] {
  if (typeof keys === "string") return listOf(keys);
  return Array.isArray(keys) ? keys.filter((key) => typeof key === "string") : [];
}
