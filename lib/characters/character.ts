import { z } from "zod";
import { idSchema } from "@/lib/chats/id";
import { cardSchema } from "./card";

/** How many a person may have, the trash included. */
export const charactersMax = 1_000;

/** A character as a list has it. */
export const characterSummarySchema = z.object({
  id: idSchema,
  name: z.string(),
  tags: z.array(z.string()),
  /** The beginning of what the card says for readers; never part of a prompt as such. */
  summary: z.string(),
  creator: z.string(),
  /** Part of the address of the picture, which never changes; `null` without a picture. */
  avatarId: z.string().nullable(),
  model: z.string().nullable(),
  profileId: z.string().nullable(),
  /** Counts changes; a change names the version that it was made on. */
  version: z.number().int().positive(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  deletedAt: z.iso.datetime().nullable(),
});

export const characterSchema = characterSummarySchema.extend({ card: cardSchema });

export type CharacterSummary = z.infer<typeof characterSummarySchema>;
export type Character = z.infer<typeof characterSchema>;
