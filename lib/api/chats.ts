import { z } from "zod";
import { chatSchema, titleSchema } from "@/lib/chats/chat";
import { idSchema } from "@/lib/chats/id";
import { messagePageSchema } from "@/lib/chats/message";
import { modelSettingsSchema } from "@/lib/models/settings";
import { nothing } from "./nothing";
import { operation } from "./operation";

const chatParams = z.object({ chatId: idSchema });
const flag = z.enum(["true", "false"]).transform((value) => value === "true");

function pageLimit(initial: number, max: number) {
  return z.coerce.number().int().min(1).max(max).default(initial);
}

export const listChats = operation({
  method: "GET",
  path: "/api/chats",
  summary: "The person's chats: pinned first, then the most recently used.",
  params: nothing,
  query: z.object({
    cursor: z.string().max(200).optional(),
    limit: pageLimit(30, 100),
    archived: flag.default(false),
    deleted: flag.default(false),
    q: z.string().trim().max(200).optional(),
  }),
  body: nothing,
  answer: z.object({ items: z.array(chatSchema), nextCursor: z.string().nullable() }),
});

export const createChat = operation({
  method: "POST",
  path: "/api/chats",
  summary:
    "Begins a chat without a question; a character's first message and its alternates are there as versions of an answer. With an id that the person has already it changes nothing.",
  params: nothing,
  query: nothing,
  body: z.strictObject({
    id: idSchema.optional(),
    characterId: idSchema.nullish(),
    profileId: idSchema.nullish(),
    model: z.string().min(1).max(200).nullish(),
  }),
  answer: chatSchema,
});

export const getChat = operation({
  method: "GET",
  path: "/api/chats/{chatId}",
  summary: "One chat, with the answer that is being written in it.",
  params: chatParams,
  query: nothing,
  body: nothing,
  answer: chatSchema,
});

export const countUnread = operation({
  method: "GET",
  path: "/api/unread",
  summary: "In how many chats, archive and trash aside, an answer has ended since the person last looked.",
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.object({ count: z.number().int().nonnegative() }),
});

export const updateChat = operation({
  method: "PATCH",
  path: "/api/chats/{chatId}",
  summary:
    "Renames, pins, archives, marks as read or unread, chooses the model, the visible branch, the character or the profile.",
  params: chatParams,
  query: nothing,
  body: z
    .strictObject({
      title: titleSchema,
      pinned: z.boolean(),
      archived: z.boolean(),
      unread: z.boolean(),
      model: z.string().min(1).max(200).nullable(),
      settings: modelSettingsSchema,
      leafMessageId: idSchema,
      characterId: idSchema.nullable(),
      profileId: idSchema.nullable(),
    })
    .partial()
    .refine((change) => Object.keys(change).length > 0, "nothing to change"),
  answer: chatSchema,
});

export const deleteChat = operation({
  method: "DELETE",
  path: "/api/chats/{chatId}",
  summary: "Moves the chat to the trash, from where it can be restored.",
  params: chatParams,
  query: nothing,
  body: nothing,
  answer: chatSchema,
});

export const restoreChat = operation({
  method: "POST",
  path: "/api/chats/{chatId}/restore",
  summary: "Takes the chat out of the trash.",
  params: chatParams,
  query: nothing,
  body: nothing,
  answer: chatSchema,
});

const chatIds = z.array(idSchema).min(1).max(500);
const outcomes = z.object({
  items: z.array(z.object({ id: idSchema, outcome: z.enum(["done", "not_found"]) })),
});

export const keepChats = operation({
  method: "PATCH",
  path: "/api/chats",
  summary: "The same for many chats: pins, archives, marks as read or unread, to the trash or out of it.",
  params: nothing,
  query: nothing,
  body: z
    .strictObject({
      ids: chatIds,
      pinned: z.boolean().optional(),
      archived: z.boolean().optional(),
      deleted: z.boolean().optional(),
      unread: z.boolean().optional(),
    })
    .refine((change) => Object.keys(change).length > 1, "nothing to change"),
  answer: outcomes,
});

export const purgeChats = operation({
  method: "DELETE",
  path: "/api/chats",
  summary: "Removes chats for good with everything in them: those named that are in the trash, or all of it.",
  params: nothing,
  query: nothing,
  body: z.strictObject({ ids: z.union([chatIds, z.literal("all")]) }),
  answer: outcomes,
});

export const listMessages = operation({
  method: "GET",
  path: "/api/chats/{chatId}/messages",
  summary:
    "The messages, oldest first: the whole tree, or with path=active the visible branch. A page is the newest before the cursor; forks are its places that have several versions. The whole tree has its files within; the visible branch names where the larger ones are. With from it goes back as far as that message, where no more than 2,000 lie between.",
  params: chatParams,
  query: z.object({
    before: z.string().max(200).optional(),
    limit: pageLimit(200, 1000),
    from: idSchema.optional(),
    path: z.literal("active").optional(),
  }),
  body: nothing,
  answer: messagePageSchema,
});
