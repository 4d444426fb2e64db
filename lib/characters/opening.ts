import { aboutTexts } from "@/lib/prompts/about-texts";
import { momentTexts } from "@/lib/prompts/moment-texts";
import { createPlaceholderRoom, fillPlaceholders } from "@/lib/prompts/placeholders";
import { spokenNameOf } from "./card";
import type { Cast } from "./cast";
import { namelessPerson } from "./nameless-person";

/** More than anybody turns over; a card may have thousands. */
const openingsMax = 100;

/**
 * What a chat can begin with: the character's first message and the alternates to it, without empty ones. Their
 * placeholders are filled in for good, by the chat's id where they leave something to chance and by the time of the
 * person's zone (`null`: UTC).
 */
export function openingsOf(
  { character, profile }: Cast,
  { chatId, now, timeZone }: { chatId: string; now: Date; timeZone: string | null },
): string[] {
  if (!character) return [];
  const { data } = character.card;
  const names = {
    ...momentTexts(now, timeZone),
    char: spokenNameOf(character.card),
    user: profile?.name ?? namelessPerson,
  };
  const seed = chatId;
  const room = createPlaceholderRoom();
  const texts = { ...names, ...aboutTexts({ character: data, profile }, { names, seed, room }) };
  return [data.first_mes, ...data.alternate_greetings]
    .filter((text) => text.trim() !== "")
    .slice(0, openingsMax)
    .map((text) => fillPlaceholders(text, { texts, seed, room }, { isCard: true }));
}
