import { z } from "zod";
import { chatSchema } from "@/lib/chats/chat";
import { idSchema } from "@/lib/chats/id";
import { messagePageSchema, messageSchema } from "@/lib/chats/message";
import { usageSchema } from "@/lib/models/usage";
import { generationKinds, generationStatuses } from "@/lib/streaming/generation";
import { nothing } from "./nothing";
import { operation } from "./operation";

const messageParams = z.object({ chatId: idSchema, messageId: idSchema });

/** One of the calls that wrote an answer; `null` is what is not known. */
export const writingSchema = z.object({
  kind: z.enum(generationKinds),
  status: z.enum(generationStatuses),
  model: z.string(),
  provider: z.string().nullable(),
  usage: usageSchema.nullable(),
  costMicros: z.number().int().nonnegative().nullable(),
  /** Whether tokens or cost are estimated: the provider has not told them, or not yet. */
  isEstimated: z.boolean(),
  /** Whether it will stay so: the key that paid, with which alone the provider could be asked, is gone. */
  isKeyGone: z.boolean(),
  startedAt: z.iso.datetime(),
  firstTokenAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
});

export const getMessage = operation({
  method: "GET",
  path: "/api/chats/{chatId}/messages/{messageId}",
  summary: "One message, how many hang on it, and how it was written: models, tokens, cost and times.",
  params: messageParams,
  query: nothing,
  body: nothing,
  answer: z.object({
    message: messageSchema,
    messagesBelow: z.number().int().nonnegative(),
    writings: z.array(writingSchema),
  }),
});

export const getFile = operation({
  method: "GET",
  path: "/api/chats/{chatId}/messages/{messageId}/files/{number}",
  summary: "A file of a message, as a page of the visible branch names it; its files are counted from 0.",
  params: messageParams.extend({ number: z.coerce.number().int().min(0).max(1000) }),
  query: nothing,
  body: nothing,
  answer: z.never(),
});

export const showMessage = operation({
  method: "POST",
  path: "/api/chats/{chatId}/messages/{messageId}/show",
  summary:
    "Shows the branch through this message, down to its newest message, and answers with its last page.",
  params: messageParams,
  query: nothing,
  body: nothing,
  answer: messagePageSchema,
});

/** As long as a question may be. */
export const answerLengthMax = 1_000_000;

export const editAnswer = operation({
  method: "POST",
  path: "/api/chats/{chatId}/messages/{messageId}/edit",
  summary: "Puts the person's own wording beside an answer and shows it; the model is told it from then on.",
  params: messageParams,
  query: nothing,
  body: z.object({
    text: z
      .string()
      .max(answerLengthMax)
      .refine((text) => text.trim() !== "", "there is nothing in it"),
  }),
  answer: messageSchema,
});

export const deleteMessage = operation({
  method: "DELETE",
  path: "/api/chats/{chatId}/messages/{messageId}",
  summary: "Deletes a message with everything below it; for 30 days it can be restored.",
  params: messageParams,
  query: nothing,
  body: nothing,
  answer: chatSchema,
});

export const restoreMessage = operation({
  method: "POST",
  path: "/api/chats/{chatId}/messages/{messageId}/restore",
  summary: "Brings a deleted message back, with all that was deleted with it.",
  params: messageParams,
  query: nothing,
  body: z.object({ leafMessageId: idSchema.nullish() }),
  answer: chatSchema,
});

export const branchChat = operation({
  method: "POST",
  path: "/api/chats/{chatId}/messages/{messageId}/branch",
  summary: "Copies the messages down to this one into a new chat.",
  params: messageParams,
  query: nothing,
  body: nothing,
  answer: chatSchema,
});
