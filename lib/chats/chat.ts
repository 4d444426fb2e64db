import { z } from "zod";
import { modelSettingsSchema } from "@/lib/models/settings";
import { idSchema } from "./id";

export const titleSchema = z.string().trim().min(1).max(200);

export const activeGenerationSchema = z.object({
  id: z.string(),
  messageId: z.string(),
  status: z.enum(["queued", "streaming", "stopping"]),
  startedAt: z.iso.datetime(),
  /** Characters (UTF-16 code units) of visible text written so far. */
  partialLength: z.number().int().nonnegative(),
  readers: z.number().int().nonnegative(),
});

export const chatSchema = z.object({
  id: idSchema,
  title: z.string().nullable(),
  model: z.string().nullable(),
  settings: modelSettingsSchema,
  pinned: z.boolean(),
  archived: z.boolean(),
  /** An answer has ended since the person last looked. */
  unread: z.boolean(),
  deletedAt: z.iso.datetime().nullable(),
  leafMessageId: z.string().nullable(),
  characterId: z.string().nullable(),
  profileId: z.string().nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  activeGeneration: activeGenerationSchema.nullable(),
});

export type Chat = z.infer<typeof chatSchema>;
export type ActiveGeneration = z.infer<typeof activeGenerationSchema>;
