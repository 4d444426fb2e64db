import type { CastReader } from "@/lib/prompts/cast";
import { estimateTokens } from "@/lib/prompts/estimate-tokens";
import type { Casts } from "./cast";
import { promptCharacterOf } from "./prompt-character";

/** The cast of a chat as its prompt is made of it. A lorebook's budget is counted by estimate: the model may be any. */
export function createCastReader(casts: Pick<Casts, "find">): CastReader {
  return {
    async castOf({ userId, ...casting }, conversation) {
      const { character, profile } = await casts.find(userId, casting);
      const settings = { countTokens: estimateTokens };
      return {
        character: character && promptCharacterOf(character, conversation, settings).character,
        profile,
      };
    },
  };
}
