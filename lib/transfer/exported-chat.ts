import { z } from "zod";
import { characterSchema } from "@/lib/characters/character";
import { pictureTypes } from "@/lib/characters/picture";
import { chatSchema } from "@/lib/chats/chat";
import { messageSchema } from "@/lib/chats/message";
import { modelSettingsSchema } from "@/lib/models/settings";
import { usageSchema } from "@/lib/models/usage";
import { profileSchema } from "@/lib/profiles/profile";
import { personSettingsSchema } from "@/lib/settings/settings";
import { usageKinds, usageSources } from "@/lib/usage/usage-source";

export const exportVersion = 1;

/** What stands for a chat's messages through one of them where a model has no room for them. */
export const exportedSummarySchema = z.object({
  throughMessageId: z.string(),
  text: z.string(),
  isEdited: z.boolean(),
});

export type ExportedSummary = z.infer<typeof exportedSummarySchema>;

/** A chat in an exported file: the whole tree of its messages, parents before their children. */
export const exportedChatSchema = chatSchema.omit({ activeGeneration: true }).extend({
  settings: modelSettingsSchema,
  messages: z.array(messageSchema),
  summaries: z.array(exportedSummarySchema),
});

export type ExportedChat = z.infer<typeof exportedChatSchema>;

/** A character in an exported file, with its picture in base64. */
export const exportedCharacterSchema = characterSchema.extend({
  picture: z.object({ mediaType: z.enum(pictureTypes), base64: z.base64() }).nullable(),
});

export type ExportedCharacter = z.infer<typeof exportedCharacterSchema>;
/** One call of a model: what it was for, who paid, and what it came to. */
export const exportedCallSchema = usageSchema.extend({
  kind: z.enum(usageKinds),
  chatId: z.string(),
  model: z.string(),
  provider: z.string(),
  payer: z.enum(["person", "installation"]),
  costMicros: z.number().int().nonnegative().nullable(),
  source: z.enum(usageSources),
  createdAt: z.iso.datetime(),
});

export type ExportedCall = z.infer<typeof exportedCallSchema>;

export const exportedFileSchema = z.object({
  app: z.literal("Parley"),
  version: z.literal(exportVersion),
  exportedAt: z.iso.datetime(),
  settings: personSettingsSchema,
  chats: z.array(exportedChatSchema),
  profiles: z.array(profileSchema),
  characters: z.array(exportedCharacterSchema),
  /** Not in files of before it was counted. */
  usage: z.array(exportedCallSchema).default([]),
});
