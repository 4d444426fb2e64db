import type { Lorebook } from "@/lib/characters/card";
import type { LoreNote } from "@/lib/prompts/lore-report";
import { entryName } from "./entry-name";
import { createKeyReader } from "./key-reader";
import { type ReadEntry, readEntry } from "./lore-entry";
import type { PatternEngine } from "./pattern-engine";

export interface BookReading {
  patterns: PatternEngine;
  /** What `{{char}}` and `{{user}}` stand for in keys. */
  names: Readonly<Record<string, string>>;
}

/** The entries of a book that are in use, and what of them has no effect here, whatever is said. */
export function readBook(
  book: Lorebook,
  { patterns, names }: BookReading,
): { entries: ReadEntry[]; notes: LoreNote[] } {
  const readKey = createKeyReader({ patterns, names });
  const entries = book.entries.flatMap((entry, index) => readEntry(entry, index, readKey) ?? []);
  const notes = entries.flatMap(({ index, unusedKeys, ignoredDecorators, tavern }): LoreNote[] => {
    const entry = book.entries[index];
    const name = entry ? entryName(entry) : "";
    const keysWith = (problem: LoreNote["problem"]) =>
      unusedKeys.flatMap((unused) => (unused.problem === problem ? unused.key : []));
    const found: [LoreNote["problem"], string[]][] = [
      ["pattern_invalid", keysWith("pattern_invalid")],
      ["pattern_not_used", keysWith("pattern_not_used")],
      ["pattern_too_large", keysWith("pattern_too_large")],
      ["key_too_large", keysWith("key_too_large")],
      ["decorators_ignored", ignoredDecorators],
      ["settings_ignored", tavern.ignored],
    ];
    return found.flatMap(([problem, what]) =>
      what.length > 0 ? { entry: index, name, problem, what: what.slice(0, whatMax).map(shortened) } : [],
    );
  });
  return { entries, notes };
}

// More than anybody reads.
const whatMax = 20;
const lengthMax = 200;

function shortened(text: string): string {
  return text.length > lengthMax ? `${text.slice(0, lengthMax)}…` : text;
}
