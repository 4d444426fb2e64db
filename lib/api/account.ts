import { z } from "zod";
import { idSchema } from "@/lib/chats/id";
import { nothing } from "./nothing";
import { operation } from "./operation";

export const getAccount = operation({
  method: "GET",
  path: "/api/account",
  summary: "Who is signed in. A guest has neither name nor e-mail.",
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.object({
    name: z.string().nullable(),
    email: z.string().nullable(),
    isGuest: z.boolean(),
    isAdministrator: z.boolean(),
    /** Whether an answer whose server died is finished by another one. */
    finishAnswers: z.boolean(),
    chatCount: z.number().int().nonnegative(),
    createdAt: z.iso.datetime(),
  }),
});

export const deviceSchema = z.object({
  id: z.string(),
  browser: z.string().nullable(),
  system: z.string().nullable(),
  address: z.string().nullable(),
  isCurrent: z.boolean(),
  /** To some minutes. */
  usedAt: z.iso.datetime(),
  signedInAt: z.iso.datetime(),
});

export type SignedInDevice = z.infer<typeof deviceSchema>;

export const listDevices = operation({
  method: "GET",
  path: "/api/account/sessions",
  summary: "Where the person is signed in: the asking session first, then the latest used.",
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.object({ items: z.array(deviceSchema) }),
});

const endedSchema = z.object({ ended: z.number().int().nonnegative() });

export const endSession = operation({
  method: "DELETE",
  path: "/api/account/sessions/{sessionId}",
  summary: "Signs one device out; its open streams end within 5 s.",
  params: z.object({ sessionId: idSchema }),
  query: nothing,
  body: nothing,
  answer: endedSchema,
});

export const endOtherSessions = operation({
  method: "DELETE",
  path: "/api/account/sessions",
  summary: "Signs all other devices out.",
  params: nothing,
  query: nothing,
  body: nothing,
  answer: endedSchema,
});

export const trashChats = operation({
  method: "DELETE",
  path: "/api/account/chats",
  summary:
    "Moves all of the person's chats to the trash and stops what is being written in them. By trashedAt they can be had back.",
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.object({
    trashed: z.number().int().nonnegative(),
    /** Of these chats and no others; null where there were none. */
    trashedAt: z.iso.datetime().nullable(),
  }),
});

export const untrashChats = operation({
  method: "POST",
  path: "/api/account/chats/restore",
  summary: "Takes those chats out of the trash again that were moved there together at that moment.",
  params: nothing,
  query: nothing,
  body: z.strictObject({ trashedAt: z.iso.datetime() }),
  answer: z.object({ restored: z.number().int().nonnegative() }),
});
