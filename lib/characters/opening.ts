import { momentTexts } from "@/lib/prompts/moment-texts";
import { fillPlaceholders } from "@/lib/prompts/placeholders";
import { spokenNameOf } from "./card";
import type { Cast } from "./cast";

/** More than anybody turns over; a card may have thousands. */
const openingsMax = 100;

/** What the person is called where no profile says so. */
const namelessPerson = "User";

/**
 * What a chat can begin with: the character's first message and the alternates to it, without empty ones. Their
 * placeholders are filled in for good, by the chat's id where they leave something to chance.
 */
export function openingsOf({ character, profile }: Cast, chatId: string, now: Date): string[] {
  if (!character) return [];
  const { first_mes: first, alternate_greetings: alternates } = character.card.data;
  const texts = {
    ...momentTexts(now, null),
    char: spokenNameOf(character.card),
    user: profile?.name ?? namelessPerson,
  };
  return [first, ...alternates]
    .filter((text) => text.trim() !== "")
    .slice(0, openingsMax)
    .map((text) => fillPlaceholders(text, { texts, seed: chatId }, { isCard: true }));
}
