import { z } from "zod";
import { idSchema } from "@/lib/chats/id";
import { chatErrorTypes } from "@/lib/errors/chat-error";
import { credentialErrorSchema, keyTextSchema } from "@/lib/vault/credential";
import { nothing } from "./nothing";
import { operation } from "./operation";

export const keyScopeSchema = z.enum(["person", "installation"]);

/** A stored key, as far as anybody is told of it. */
export const storedKeySchema = z.object({
  id: z.string(),
  scope: keyScopeSchema,
  /** `openrouter`, `openai`, or the id of an endpoint. */
  provider: z.string(),
  /** The only place that it is sent to. */
  baseUrl: z.string(),
  /** `sk-or-…9f2c` */
  masked: z.string(),
  /**
   * `unreadable`: sealed with a master key that this server does not have. `elsewhere`: given for an address that is
   * not the provider's any more. Neither is used.
   */
  state: z.enum(["ready", "unreadable", "elsewhere"]),
  verifiedAt: z.iso.datetime().nullable(),
  /** To a minute. */
  lastUsedAt: z.iso.datetime().nullable(),
  lastError: credentialErrorSchema.nullable(),
  createdAt: z.iso.datetime(),
});

export type StoredKey = z.infer<typeof storedKeySchema>;
export type KeyScope = z.infer<typeof keyScopeSchema>;

export const keyPlaceSchema = z.object({
  provider: z.string(),
  name: z.string(),
  baseUrl: z.string(),
  /** Whether a key can be had by signing in there. */
  canConnect: z.boolean(),
  /** Whose key the person's answers use now; `null` for none. */
  source: z.enum(["person", "installation", "environment"]).nullable(),
});

export type ListedKeyPlace = z.infer<typeof keyPlaceSchema>;

const checkedSchema = z.object({
  key: storedKeySchema,
  /** `null` when the provider took it; else why that is not known, or not so. */
  problem: z.enum(chatErrorTypes).nullable(),
});

export const listKeys = operation({
  method: "GET",
  path: "/api/keys",
  summary: "The person's keys, and the installation's for its administrator; never the keys themselves.",
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.object({ items: z.array(storedKeySchema), providers: z.array(keyPlaceSchema) }),
});

export const setKey = operation({
  method: "POST",
  path: "/api/keys",
  summary:
    "Checks a key with its provider and stores it in place of the former one. One that the provider refuses is not stored: `key_invalid`.",
  params: nothing,
  query: nothing,
  body: z.object({
    provider: idSchema,
    key: keyTextSchema,
    /** Where the client takes the provider to be: a key is not stored for another address. */
    baseUrl: z.string().max(2_000).optional(),
    scope: keyScopeSchema.default("person"),
  }),
  answer: checkedSchema,
});

export const verifyKey = operation({
  method: "POST",
  path: "/api/keys/{keyId}/verify",
  summary: "Asks the provider whether it still takes the key.",
  params: z.object({ keyId: idSchema }),
  query: nothing,
  body: nothing,
  answer: checkedSchema,
});

export const removeKey = operation({
  method: "DELETE",
  path: "/api/keys/{keyId}",
  summary: "Forgets a key. With its provider it stays good until it is revoked there.",
  params: z.object({ keyId: idSchema }),
  query: nothing,
  body: nothing,
  answer: z.object({ removed: z.literal(true) }),
});

export const connectOutcomes = [
  "connected",
  "denied",
  "expired",
  "mismatch",
  "refused",
  "unreachable",
] as const;

export type ConnectOutcome = (typeof connectOutcomes)[number];

export const connectOpenRouter = operation({
  method: "GET",
  path: "/api/keys/openrouter/connect",
  summary:
    "Sends the browser to OpenRouter, which gives Parley a key of the person's account (OAuth with PKCE).",
  params: nothing,
  query: z.object({
    scope: keyScopeSchema.default("person"),
    /** A path of ours to come back to. */
    back: z.string().max(2_000).optional(),
  }),
  body: nothing,
  answer: z.never(),
});

export const finishOpenRouter = operation({
  method: "GET",
  path: "/api/keys/openrouter/callback/{state}",
  summary:
    "Where OpenRouter sends the browser back to. Redirects to `back`, or to the settings with what came of it.",
  params: z.object({ state: idSchema }),
  query: z.object({ code: z.string().min(1).max(2_000).optional() }),
  body: nothing,
  answer: z.never(),
});

export const resealKeys = operation({
  method: "POST",
  path: "/api/keys/reseal",
  summary: "Seals all keys again with the current ENCRYPTION_KEY. For the administrator only.",
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.object({
    resealed: z.number().int().nonnegative(),
    /** Sealed with a key that this server does not have. */
    unreadable: z.number().int().nonnegative(),
  }),
});
