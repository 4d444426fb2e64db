import { aboutTexts } from "@/lib/prompts/about-texts";
import type { Conversation } from "@/lib/prompts/cast";
import type { LoreReport } from "@/lib/prompts/lore-report";
import { createPlaceholderRoom } from "@/lib/prompts/placeholders";
import type { PromptCharacter, PromptProfile } from "@/lib/prompts/prompt-character";
import { type Card, spokenNameOf } from "./card";
import { type LoreSettings, matchLore } from "./lore/match-lore";
import { namelessPerson } from "./nameless-person";

/**
 * What a conversation's prompt takes from a card, and what became of its lorebook, which is searched by the
 * conversation. Its entries' texts stay as they were written, placeholders included.
 */
export function promptCharacterOf(
  { id, card }: { id: string; card: Card },
  { chatId, messages }: Conversation,
  { profile, ...settings }: Omit<LoreSettings, "names" | "texts"> & { profile: PromptProfile | null },
): { character: PromptCharacter; lore: LoreReport | null } {
  const { data } = card;
  const name = spokenNameOf(card);
  const names = { char: name, user: profile?.name ?? namelessPerson };
  const about = () =>
    aboutTexts({ character: data, profile }, { names, seed: chatId, room: createPlaceholderRoom() });
  const matched = data.character_book
    ? matchLore(
        data.character_book,
        {
          texts: messages.map(({ text }) => text),
          answers: messages.filter(({ role }) => role === "assistant").length,
          seed: chatId,
        },
        { ...settings, names, texts: { ...names, ...about() } },
      )
    : null;
  const { report = null, ...lore } = matched ?? { beforeDescription: [], afterDescription: [], atDepth: [] };
  return {
    character: {
      id,
      name,
      description: data.description,
      personality: data.personality,
      scenario: data.scenario,
      exampleDialogue: data.mes_example,
      systemPrompt: data.system_prompt,
      postSystemPrompt: data.post_history_instructions,
      lore,
    },
    lore: report,
  };
}
