import { z } from "zod";
import { lorebookSchema } from "@/lib/characters/card";
import { cardCheckSchema } from "@/lib/characters/card-check";
import { cardVersions } from "@/lib/characters/card-version";
import { characterSchema, characterSummarySchema } from "@/lib/characters/character";
import { idSchema } from "@/lib/chats/id";
import { nothing } from "./nothing";
import { operation } from "./operation";

const characterParams = z.object({ characterId: idSchema });
const versionQuery = z.object({ version: z.coerce.number().int().positive() });

export const listCharacters = operation({
  method: "GET",
  path: "/api/characters",
  summary:
    "The person's characters by name, or those in the trash; tags are separated by commas, and all have to be there.",
  params: nothing,
  query: z.object({
    cursor: z.string().max(4_000).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
    deleted: z
      .enum(["true", "false"])
      .transform((value) => value === "true")
      .default(false),
    q: z.string().trim().max(200).optional(),
    tags: z
      .string()
      .max(2_000)
      .default("")
      .transform((tags) => tags.split(",").flatMap((tag) => tag.trim() || [])),
  }),
  body: nothing,
  answer: z.object({
    items: z.array(characterSummarySchema),
    nextCursor: z.string().nullable(),
    /** Tags to filter by, the most used first; with the first page only. */
    tags: z.array(z.string()),
  }),
});

export const getCharacter = operation({
  method: "GET",
  path: "/api/characters/{characterId}",
  summary: "One character with its whole card, also from the trash.",
  params: characterParams,
  query: nothing,
  body: nothing,
  answer: characterSchema,
});

export const getCharacterSummary = operation({
  method: "GET",
  path: "/api/characters/{characterId}/summary",
  summary: "One character without its card, also from the trash.",
  params: characterParams,
  query: nothing,
  body: nothing,
  answer: characterSummarySchema,
});

/** A card of any version, parsed by `parseCard`, whose errors say more than a schema's. */
const card = z.record(z.string(), z.unknown());
const model = z.string().min(1).max(200).nullable();
const profileId = idSchema.nullable();

export const createCharacter = operation({
  method: "POST",
  path: "/api/characters",
  summary: "Adds a character from a card of version 1, 2 or 3.",
  params: nothing,
  query: nothing,
  body: z.strictObject({ card, model: model.optional(), profileId: profileId.optional() }),
  answer: characterSchema,
});

export const importCharacter = operation({
  method: "POST",
  path: "/api/characters/import",
  summary:
    "Adds a character from a card file, PNG or JSON: the body itself, or the first file of multipart/form-data.",
  params: nothing,
  query: nothing,
  body: nothing,
  answer: characterSchema,
});

export const checkCard = operation({
  method: "POST",
  path: "/api/characters/check",
  summary:
    "What a card of any version comes to: its tokens by field, and what of its lorebook has no effect. Nothing is stored.",
  params: nothing,
  query: nothing,
  body: z.strictObject({ card, model: model.optional() }),
  answer: cardCheckSchema,
});

export const readLorebook = operation({
  method: "POST",
  path: "/api/characters/lorebook",
  summary:
    "Reads a lorebook from a file, as a card has it: SillyTavern's world info, a lorebook of version 3, or a card. Nothing is stored.",
  params: nothing,
  query: nothing,
  body: nothing,
  answer: lorebookSchema,
});

export const exportLorebook = operation({
  method: "GET",
  path: "/api/characters/{characterId}/lorebook",
  summary: "The character's lorebook as a file of SillyTavern's world info; 404 where it has none.",
  params: characterParams,
  query: nothing,
  body: nothing,
  answer: z.never(),
});

export const changeCharacter = operation({
  method: "PATCH",
  path: "/api/characters/{characterId}",
  summary:
    "Replaces the card, the model or the profile; 409 conflict when it is not at that version any more.",
  params: characterParams,
  query: nothing,
  body: z
    .strictObject({
      version: z.number().int().positive(),
      card: card.optional(),
      model: model.optional(),
      profileId: profileId.optional(),
    })
    .refine((change) => Object.keys(change).length > 1, "nothing to change"),
  answer: characterSchema,
});

export const deleteCharacter = operation({
  method: "DELETE",
  path: "/api/characters/{characterId}",
  summary: "Moves the character to the trash, from where it can be restored; its chats keep it.",
  params: characterParams,
  query: nothing,
  body: nothing,
  answer: characterSummarySchema,
});

export const restoreCharacter = operation({
  method: "POST",
  path: "/api/characters/{characterId}/restore",
  summary: "Takes the character out of the trash.",
  params: characterParams,
  query: nothing,
  body: nothing,
  answer: characterSummarySchema,
});

export const duplicateCharacter = operation({
  method: "POST",
  path: "/api/characters/{characterId}/duplicate",
  summary: "Adds a copy of the character, its picture included.",
  params: characterParams,
  query: nothing,
  body: nothing,
  answer: characterSchema,
});

export const setAvatar = operation({
  method: "POST",
  path: "/api/characters/{characterId}/avatar",
  summary:
    "Gives the character a picture: PNG, JPEG, WebP or GIF as the body itself or in multipart/form-data.",
  params: characterParams,
  query: versionQuery,
  body: nothing,
  answer: characterSchema,
});

export const removeAvatar = operation({
  method: "DELETE",
  path: "/api/characters/{characterId}/avatar",
  summary: "Takes the character's picture away.",
  params: characterParams,
  query: versionQuery,
  body: nothing,
  answer: characterSchema,
});

export const getAvatar = operation({
  method: "GET",
  path: "/api/characters/{characterId}/avatar/{avatarId}",
  summary: "The picture of a character; under its address it never changes.",
  params: characterParams.extend({ avatarId: idSchema }),
  query: nothing,
  body: nothing,
  answer: z.never(),
});

export const exportCharacter = operation({
  method: "GET",
  path: "/api/characters/{characterId}/export",
  summary:
    "The character as a card file of version 1, 2 or 3, as JSON or as a PNG that has the card in it. Version 1 has only name, description, personality, scenario, first_mes and mes_example.",
  params: characterParams,
  query: z.object({
    format: z.enum(["png", "json"]).default("png"),
    spec: z.enum(cardVersions).default("v3"),
  }),
  body: nothing,
  answer: z.never(),
});
