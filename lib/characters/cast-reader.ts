import type { PromptCharacter, PromptProfile } from "@/lib/prompts/prompt-character";
import type { Casting, Casts } from "./cast";
import { promptCharacterOf } from "./prompt-character";

/**
 * The cast of a chat as its prompt is made of it, with the lore that the conversation calls up (texts of the messages,
 * the newest last). What is not there or somebody else's is `null`. Costs no statement when nothing has changed.
 */
export function createCastReader({
  casts,
  countTokens,
}: {
  casts: Pick<Casts, "find">;
  countTokens: (text: string) => number;
}) {
  return {
    async castOf(
      { userId, ...casting }: { userId: string } & Casting,
      conversation: readonly string[],
    ): Promise<{ character: PromptCharacter | null; profile: PromptProfile | null }> {
      const { character, profile } = await casts.find(userId, casting);
      return {
        character: character && promptCharacterOf(character, conversation, { countTokens }).character,
        profile,
      };
    },
  };
}
