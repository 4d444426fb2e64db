import type { LoreEntry } from "@/lib/characters/card";
import { listOf, readDecorators } from "./decorators";

/** An entry as it is matched, with what the card leaves out or writes in its own way put right. */
export interface ReadEntry {
  /** Its place in the book. */
  index: number;
  text: string;
  keys: string[];
  /** One of these has to be there as well; empty where the entry asks for none. */
  secondaryKeys: string[];
  excludedKeys: string[];
  isConstant: boolean;
  isCaseSensitive: boolean;
  usesPatterns: boolean;
  order: number;
  /** What is lowest goes first when there is too much. */
  priority: number;
  scanDepth: number | null;
  position: "before" | "after";
  ignoredDecorators: string[];
}

/** `null` for an entry that is switched off or has nothing to say. */
export function readEntry(entry: LoreEntry, index: number): ReadEntry | null {
  const { text, decorators, ignored } = readDecorators(entry.content);
  if (!entry.enabled || text === "" || decorators.isNeverActivated) return null;
  const usesPatterns = entry.use_regex === true;
  return {
    index,
    text,
    keys: spoken([...entry.keys, ...decorators.additionalKeys]),
    secondaryKeys: entry.selective === true && !usesPatterns ? secondaryKeysOf(entry) : [],
    excludedKeys: spoken(decorators.excludedKeys),
    isConstant: (entry.constant === true && !usesPatterns) || decorators.isActivated,
    isCaseSensitive: entry.case_sensitive === true,
    usesPatterns,
    order: entry.insertion_order,
    priority: numberOf(entry.priority) ?? entry.insertion_order,
    scanDepth: decorators.scanDepth,
    position: entry.position === "before_char" ? "before" : "after",
    ignoredDecorators: ignored,
  };
}

export function numberOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** As a list, or as one text with commas. */
function secondaryKeysOf({ secondary_keys: keys }: LoreEntry): string[] {
  if (typeof keys === "string") return listOf(keys);
  return Array.isArray(keys) ? spoken(keys.filter((key) => typeof key === "string")) : [];
}

/** An empty key would be found in any text. */
function spoken(keys: readonly string[]): string[] {
  return keys.map((key) => key.trim()).filter((key) => key !== "");
}
