import { z } from "zod";
import { idSchema } from "@/lib/chats/id";
import { modelSettingsSchema } from "@/lib/models/settings";
import { generationStatuses } from "@/lib/streaming/generation";
import { nothing } from "./nothing";
import { operation } from "./operation";

const chatParams = z.object({ chatId: idSchema });

/** A message as the AI SDK's `UIMessage` sends it; of the person's own only the text counts. */
const sentMessageSchema = z.looseObject({
  id: idSchema.optional(),
  role: z.enum(["system", "user", "assistant"]).default("user"),
  parts: z
    .array(z.looseObject({ type: z.string() }))
    .min(1)
    .max(1000),
});

export type SentMessage = z.infer<typeof sentMessageSchema>;

/**
 * The body of `POST /api/chat`. With `messages`, as the stock `DefaultChatTransport` sends
 * them, the last one counts and the one before it is its parent. `trigger` is `submit-message`
 * unless given; `messageId` is the question to edit or the answer to write again.
 */
export const sendBodySchema = z
  .object({
    id: idSchema,
    message: sentMessageSchema.optional(),
    messages: z.array(sentMessageSchema).min(1).max(10_000).optional(),
    trigger: z.enum(["submit-message", "regenerate-message"]).default("submit-message"),
    messageId: idSchema.nullish(),
    parentId: idSchema.nullish(),
    model: z.string().min(1).max(200).nullish(),
    settings: modelSettingsSchema.nullish(),
  })
  .refine((body) => body.trigger === "regenerate-message" || body.message || body.messages, {
    path: ["message"],
    message: "required",
  });

export type SendBody = z.infer<typeof sendBodySchema>;

export const sendMessage = operation({
  method: "POST",
  path: "/api/chat",
  summary: "Asks, or asks again, and streams the answer as Server-Sent Events of UI message chunks.",
  params: nothing,
  query: nothing,
  body: sendBodySchema,
  answer: z.never(),
});

export const followAnswer = operation({
  method: "GET",
  path: "/api/chat/{chatId}/stream",
  summary:
    "Follows the answer that is being written, from a cursor; 204 when there is none. As JSON it is a long poll.",
  params: chatParams,
  query: z.object({
    generation: idSchema.optional(),
    after: z.string().max(100).optional(),
    wait: z.coerce.number().min(0).max(30).default(0),
  }),
  body: nothing,
  answer: z.object({
    generationId: z.string(),
    status: z.enum(generationStatuses),
    chunks: z.array(z.object({ id: z.string(), chunk: z.looseObject({ type: z.string() }) })),
    cursor: z.string(),
    done: z.boolean(),
  }),
});

export const stopAnswer = operation({
  method: "POST",
  path: "/api/chat/{chatId}/stop",
  summary: "Stops the answer that is being written and keeps what was written; answers once that is stored.",
  params: chatParams,
  query: nothing,
  body: z.object({ generationId: idSchema.nullish() }),
  answer: z.object({ generationId: z.string(), status: z.enum(generationStatuses) }),
});

export const continueAnswer = operation({
  method: "POST",
  path: "/api/chat/{chatId}/continue",
  summary:
    "Goes on with an answer that was stopped or cut off, in the same message, and streams it from its beginning.",
  params: chatParams,
  query: nothing,
  body: z.object({ messageId: idSchema }),
  answer: z.never(),
});
