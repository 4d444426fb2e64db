import { z } from "zod";

/** What a person's other tabs and devices should know. Ids only: who wants more asks for it. */
export const userEventSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("chat-updated"),
    chatId: z.string(),
    /** Where the branch ends that is shown now, if another one is. */
    leafMessageId: z.string().nullish(),
  }),
  z.object({
    type: z.literal("generation-started"),
    chatId: z.string(),
    generationId: z.string(),
    messageId: z.string(),
  }),
  z.object({
    type: z.literal("generation-ended"),
    chatId: z.string(),
    generationId: z.string(),
    messageId: z.string(),
    status: z.string(),
  }),
  /** The provider has told what an answer cost that was broken off. */
  z.object({
    type: z.literal("cost-known"),
    chatId: z.string(),
    generationId: z.string(),
    messageId: z.string(),
  }),
  /** A key was set, removed, checked or refused. */
  z.object({ type: z.literal("credential-changed"), credentialId: z.string() }),
  /** A character was added, changed, put into the trash or taken out of it. */
  z.object({ type: z.literal("character-changed"), characterId: z.string() }),
  /** Too much was missed to be told one by one: read everything again. */
  z.object({ type: z.literal("resync") }),
]);

export type UserEvent = z.infer<typeof userEventSchema>;

/** `seq` rises by one with each event of a person, in the order of commits. */
export interface NumberedEvent {
  seq: number;
  event: UserEvent;
}
