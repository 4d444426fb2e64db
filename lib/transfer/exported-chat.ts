import { z } from "zod";
import { chatSchema } from "@/lib/chats/chat";
import { messageSchema } from "@/lib/chats/message";
import { modelSettingsSchema } from "@/lib/models/settings";

export const exportVersion = 1;

/** A chat in an exported file: the whole tree of its messages, parents before their children. */
export const exportedChatSchema = chatSchema
  .omit({ activeGeneration: true })
  .extend({ settings: modelSettingsSchema, messages: z.array(messageSchema) });

export type ExportedChat = z.infer<typeof exportedChatSchema>;

export const exportedFileSchema = z.object({
  app: z.literal("Parley"),
  version: z.literal(exportVersion),
  exportedAt: z.iso.datetime(),
  chats: z.array(exportedChatSchema),
});
