import type { PromptCharacter } from "@/lib/prompts/prompt-character";
import { type Card, spokenNameOf } from "./card";
import { type LoreNote, type LoreSettings, matchLore } from "./lore/match-lore";

/**
 * What a conversation's prompt takes from a card. `texts` are the messages' texts, the newest last, by which the
 * lorebook is searched; its entries' texts stay as they were written, placeholders included.
 */
export function promptCharacterOf(
  { id, card }: { id: string; card: Card },
  texts: readonly string[],
  settings: LoreSettings,
): { character: PromptCharacter; notes: LoreNote[] } {
  const { data } = card;
  const { notes, ...lore } = data.character_book
    ? matchLore(data.character_book, texts, settings)
    : { notes: [], beforeDescription: [], afterDescription: [] };
  return {
    character: {
      id,
      name: spokenNameOf(card),
      description: data.description,
      personality: data.personality,
      scenario: data.scenario,
      exampleDialogue: data.mes_example,
      systemPrompt: data.system_prompt,
      postSystemPrompt: data.post_history_instructions,
      lore,
    },
    notes,
  };
}
