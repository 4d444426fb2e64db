import { spokenNameOf } from "./card";
import type { Cast } from "./cast";
import { replaceNames } from "./spoken-names";

/** More than anybody turns over; a card may have thousands. */
const openingsMax = 100;

/** What the person is called where no profile says so. */
const namelessPerson = "User";

/** What a chat can begin with: the character's first message and the alternates to it, without empty ones. */
export function openingsOf({ character, profile }: Cast): string[] {
  if (!character) return [];
  const { first_mes: first, alternate_greetings: alternates } = character.card.data;
  const names = { char: spokenNameOf(character.card), user: profile?.name ?? namelessPerson };
  return [first, ...alternates]
    .filter((text) => text.trim() !== "")
    .slice(0, openingsMax)
    .map((text) => replaceNames(text, names));
}
