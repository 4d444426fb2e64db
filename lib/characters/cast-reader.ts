import type { CastReader } from "@/lib/prompts/cast";
import type { Casts } from "./cast";
import type { PatternEngine } from "./lore/pattern-engine";
import { promptCharacterOf } from "./prompt-character";

/**
 * The cast of a chat as its prompt is made of it, with the lore that the conversation calls up. What is not there or
 * somebody else's is `null`. Costs no statement when nothing has changed.
 */
export function createCastReader({
  casts,
  countTokens,
  patterns,
}: {
  casts: Pick<Casts, "find">;
  countTokens: (text: string) => number;
  patterns: PatternEngine;
}): CastReader {
  return {
    async castOf({ userId, ...casting }, conversation) {
      const { character, profile } = await casts.find(userId, casting);
      if (!character) return { character: null, profile, lore: null };
      const settings = { countTokens, patterns, profile };
      const { character: told, lore } = promptCharacterOf(character, conversation, settings);
      return { character: told, profile, lore };
    },
  };
}
