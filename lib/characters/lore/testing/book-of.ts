import type { Lorebook } from "@/lib/characters/card";
import type { LoreSettings, Said } from "@/lib/characters/lore/match-lore";
import type { PatternEngine } from "@/lib/characters/lore/pattern-engine";
import { parseCard } from "@/lib/characters/parse-card";

/** For patterns of ours; nothing of a stranger's may come near it. */
export const plainPatterns: PatternEngine = {
  compile(source, { ignoresCase }) {
    if (source.includes("(?") || source === "(") return null;
    const pattern = new RegExp(source, ignoresCase ? "i" : "");
    return { size: source.length, isIn: (text) => pattern.test(text) };
  },
};

export const loreSettings: LoreSettings = {
  countTokens: (text) => text.length,
  patterns: plainPatterns,
  names: { char: "Ada", user: "Bob" },
};

export function bookOf(entries: readonly object[], more: object = {}): Lorebook {
  const filled = entries.map((entry, index) => ({ keys: [], insertion_order: index, ...entry }));
  const { data } = parseCard({
    spec: "chara_card_v3",
    data: { name: "A", character_book: { ...more, entries: filled } },
  });
  return data.character_book ?? { extensions: {}, entries: [] };
}

export function said(texts: readonly string[], { answers = 0, seed = "chat" } = {}): Said {
  return { texts, answers, seed };
}
