import { z } from "zod";
import { chatErrorSchema } from "@/lib/errors/chat-error";
import { usageSchema } from "@/lib/models/usage";
import { partSchema } from "./part";

export const messageStatuses = ["complete", "streaming", "stopped", "interrupted", "failed"] as const;

/** Where another server took over: the answer's text before `offset` was written by the former one. */
export const seamSchema = z.object({ offset: z.number().int().nonnegative(), at: z.iso.datetime() });

/** What of the conversation an answer was written without, because the model had no room for it. */
export const leftOutSchema = z.object({
  messages: z.number().int().positive(),
  /** The first message that the model was told. */
  firstMessageId: z.string(),
});

/** Why a whole answer ends where its model would have gone on: at a limit of its length, or by the provider's filter. */
export const cutReasons = ["length", "content-filter"] as const;

export const messageMetadataSchema = z.object({
  seams: z.array(seamSchema).optional(),
  edited: z.boolean().optional(),
  leftOut: leftOutSchema.optional(),
  finishReason: z.enum(cutReasons).optional(),
  /** What it cost as the provider told it, all writers together; not there while that is not known. */
  costMicros: z.number().int().nonnegative().optional(),
});

export type CutReason = (typeof cutReasons)[number];
export type LeftOut = z.infer<typeof leftOutSchema>;
export type Seam = z.infer<typeof seamSchema>;
export type MessageMetadata = z.infer<typeof messageMetadataSchema>;

/** Of how a model says that it ended; `null` for an end of its own. */
export function cutReasonOf(finishReason: string | undefined): CutReason | null {
  return cutReasons.find((reason) => reason === finishReason) ?? null;
}

/** A node of the chat's tree. Messages are added, never overwritten. */
export const messageSchema = z.object({
  id: z.string(),
  parentId: z.string().nullable(),
  role: z.enum(["system", "user", "assistant"]),
  parts: z.array(partSchema),
  status: z.enum(messageStatuses),
  error: chatErrorSchema.nullable(),
  generationId: z.string().nullable(),
  model: z.string().nullable(),
  usage: usageSchema.nullable(),
  metadata: messageMetadataSchema,
  createdAt: z.iso.datetime(),
});

export type Message = z.infer<typeof messageSchema>;

export const messagePageSchema = z.object({
  items: z.array(messageSchema),
  nextCursor: z.string().nullable(),
  forks: z.array(z.object({ parentId: z.string().nullable(), messageIds: z.array(z.string()) })),
});
