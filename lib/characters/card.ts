import { z } from "zod";
import { cardLimits } from "./limits";

/** Kept as it is: `extensions` belong to other programs. */
const extensions = z
  .custom<Record<string, unknown>>(isObject, "must be an object")
  .nullish()
  .transform((value) => value ?? {});

// The versions want a text, a list or an object where they name one, and neither nothing nor `null`: here, as in what is
// written, either is an empty one. What they leave optional stays `null`.
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");

const texts = z
  .array(z.string())
  .nullish()
  .transform((value) => value ?? []);

/**
 * An entry of a lorebook. Of what the specification leaves optional nothing is named here: it stays as it came, and
 * `matchLore` reads it with care.
 */
const loreEntrySchema = z.looseObject({
  keys: texts,
  content: text,
  extensions,
  enabled: z
    .boolean()
    .nullish()
    .transform((value) => value ?? true),
  insertion_order: z
    .number()
    .nullish()
    .transform((value) => value ?? 0),
});

export const lorebookSchema = z.looseObject({
  extensions,
  entries: z.array(loreEntrySchema).max(cardLimits.loreEntriesMax, "has too many entries"),
});

export const cardDataSchema = z.looseObject({
  name: z
    .string()
    .max(cardLimits.nameLengthMax, `has more than ${cardLimits.nameLengthMax} characters`)
    .refine((name) => name.trim() !== "", "is missing"),
  description: text,
  personality: text,
  scenario: text,
  first_mes: text,
  mes_example: text,
  creator_notes: text,
  system_prompt: text,
  post_history_instructions: text,
  alternate_greetings: texts,
  tags: texts,
  creator: text,
  character_version: text,
  extensions,
  character_book: lorebookSchema.nullish(),
  nickname: z.string().nullish(),
});

/**
 * A character as it is kept: a card of version 3, with everything that other programs have put into it, at every
 * level. What version 3 adds to version 2 is there only where a card brought it (see `writeCard`).
 */
export const cardSchema = z.looseObject({
  spec: z.literal("chara_card_v3"),
  spec_version: z.string(),
  data: cardDataSchema,
});

export type Card = z.infer<typeof cardSchema>;
export type CardData = z.infer<typeof cardDataSchema>;
export type Lorebook = z.infer<typeof lorebookSchema>;
export type LoreEntry = z.infer<typeof loreEntrySchema>;

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What `{{char}}` stands for: of a nickname no more than a name may have. */
export function spokenNameOf({ data }: Card): string {
  if (!data.nickname?.trim()) return data.name;
  return data.nickname.slice(0, cardLimits.nameLengthMax).toWellFormed();
}
