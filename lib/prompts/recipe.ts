import { createHash } from "node:crypto";
import { z } from "zod";
import type { PromptMessage } from "@/lib/models/provider";
import { modelSettingsSchema } from "@/lib/models/settings";
import { promptSections } from "./prompt-settings";

const sectionSchema = z.object({
  kind: z.enum([...promptSections, "post"]),
  source: z.enum(["installation", "person", "character", "profile"]),
  text: z.string(),
});

/**
 * What the prompt of an answer was put together from: all of it but the conversation, which is in the chat. With it a
 * takeover sends the same again, and the person can see what was sent.
 */
export const promptRecipeSchema = z.object({
  version: z.literal(1),
  before: z.array(sectionSchema),
  after: z.array(sectionSchema),
  /** Older recipes have none. */
  within: z
    .array(
      z.object({
        depth: z.number().int().nonnegative(),
        role: z.enum(["system", "user", "assistant"]),
        text: z.string(),
      }),
    )
    .default([]),
  separator: z.string(),
  /** What stood for the messages that were left out. */
  summary: z.object({ throughMessageId: z.string(), text: z.string() }).nullable(),
  /** The conversation was told from here on; `null` from its beginning. */
  firstMessageId: z.string().nullable(),
  leftOut: z.number().int().nonnegative(),
  /** What was kept free for the answer. */
  answerReserveTokens: z.number().int().nonnegative(),
  /** Whether the provider was told what to cache. */
  marksCache: z.boolean(),
  /** Of the messages as they were sent. */
  digest: z.string(),
  /** What was asked for with the question alone, over the chat's settings; whoever goes on with the answer asks for it again. */
  ownSettings: modelSettingsSchema.optional(),
});

export type PromptRecipe = z.infer<typeof promptRecipeSchema>;

/** Tells whether messages are the same to the byte: SHA-256 over roles, texts and cache marks. */
export function digestOf(messages: readonly PromptMessage[]): string {
  return digestsOf(messages, new Set([messages.length])).get(messages.length) ?? "";
}

/** The same of beginnings of the messages, by how many they are, in one reading. */
export function digestsOf(
  messages: readonly PromptMessage[],
  lengths: ReadonlySet<number>,
): Map<number, string> {
  const hash = createHash("sha256");
  const digests = new Map<number, string>();
  const note = (length: number) => {
    if (lengths.has(length)) digests.set(length, hash.copy().digest("base64url"));
  };
  note(0);
  for (const [index, { role, text, isCached }] of messages.entries()) {
    hash.update(`${role} ${text.length} ${isCached ? 1 : 0}\n`).update(text);
    note(index + 1);
  }
  return digests;
}
