import { z } from "zod";
import { cardSchema } from "@/lib/characters/card";

const draftSchema = z.object({
  /** Of the character that the changes were made on. */
  version: z.number(),
  card: cardSchema,
  model: z.string().nullable(),
  profileId: z.string().nullable(),
});

export type CharacterDraft = z.infer<typeof draftSchema>;

/** Changes that are not saved, over reloads. Who signs out leaves none: see `forgetPerson`. */
export const characterDrafts = {
  read(characterId: string): CharacterDraft | null {
    try {
      return draftSchema.parse(JSON.parse(localStorage.getItem(keyOf(characterId)) ?? ""));
    } catch {
      return null; // None, another version's, or storage is closed to us.
    }
  },

  write(characterId: string, draft: CharacterDraft | null): void {
    try {
      if (draft === null) localStorage.removeItem(keyOf(characterId));
      else localStorage.setItem(keyOf(characterId), JSON.stringify(draft));
    } catch {
      // Full or closed storage costs the draft its safety over a reload, nothing else.
    }
  },
};

function keyOf(characterId: string): string {
  return `parley.character.${characterId}`;
}
