import { z } from "zod";
import { idSchema } from "@/lib/chats/id";
import { nothing } from "./nothing";
import { operation } from "./operation";

/** What stands for the beginning of a chat where its model has no room for it. */
const summarySchema = z.object({
  /** The last message that it stands for. */
  throughMessageId: z.string(),
  text: z.string(),
  /** That has written it. */
  model: z.string(),
  /** In the person's own words. */
  isEdited: z.boolean(),
  /** What it was made from has changed since: it is not sent. */
  isStale: z.boolean(),
  /** How many messages it stands for. */
  messages: z.number().int().positive(),
  updatedAt: z.iso.datetime(),
  /** Of all summaries in the chat together; `null` where nobody knows. */
  costMicros: z.number().int().nonnegative().nullable(),
});

const standingSchema = z.object({
  /** The furthest that is sent; where none is, the furthest there is. */
  summary: summarySchema.nullable(),
  /** In the person's own words, reaching further than what is sent, and out of date: kept until it is changed again. */
  unsentWords: summarySchema.nullable(),
  /** Whether the person has what is left out summed up; else none is sent. */
  isOn: z.boolean(),
});

export type StandingSummary = z.infer<typeof standingSchema>;

export const getSummary = operation({
  method: "GET",
  path: "/api/chats/{chatId}/summary",
  summary: "What sums up the messages before one of the chat's, on its branch; none is no error.",
  params: z.object({ chatId: idSchema }),
  query: z.object({ before: idSchema }),
  body: nothing,
  answer: standingSchema,
});

export const writeSummary = operation({
  method: "POST",
  path: "/api/chats/{chatId}/summary",
  summary:
    "Has the model sum up what comes before that message, on from the summary of a part of it where there is one, in eight readings at most: where the answer's `messages` are fewer, asking again goes on. One at a time for each person; another is refused as `conflict`. Takes the place also of an edited one, and costs what it costs. Answers once it is written.",
  params: z.object({ chatId: idSchema }),
  query: nothing,
  body: z.object({ before: idSchema }),
  answer: standingSchema,
});

const messageParams = z.object({ chatId: idSchema, messageId: idSchema });

export const changeSummary = operation({
  method: "PATCH",
  path: "/api/chats/{chatId}/messages/{messageId}/summary",
  summary:
    "Puts a summary of what was said through this message into the person's own words. One that was out of date is sent again.",
  params: messageParams,
  query: nothing,
  body: z.object({ text: z.string().trim().min(1).max(20_000) }),
  answer: z.object({ text: z.string(), isEdited: z.boolean() }),
});

export const deleteSummary = operation({
  method: "DELETE",
  path: "/api/chats/{chatId}/messages/{messageId}/summary",
  summary:
    "Forgets a summary and those it was made from; where one is needed it is made anew after the next answer.",
  params: messageParams,
  query: nothing,
  body: nothing,
  answer: nothing,
});
