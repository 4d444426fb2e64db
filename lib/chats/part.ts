import { z } from "zod";

const providerMetadata = z.record(z.string(), z.record(z.string(), z.unknown())).optional();

const textPart = z.looseObject({
  type: z.literal("text"),
  text: z.string(),
  state: z.enum(["streaming", "done"]).optional(),
  providerMetadata,
});

const reasoningPart = z.looseObject({
  type: z.literal("reasoning"),
  text: z.string(),
  state: z.enum(["streaming", "done"]).optional(),
  providerMetadata,
});

const otherPart = z.looseObject({ type: z.string() });

/**
 * A part of a message as the AI SDK's `UIMessage` has it. Kinds that this version does not
 * know are carried along untouched, so that an older server never drops what a newer one wrote.
 */
export const partSchema = z.union([textPart, reasoningPart, otherPart]);

export type Part = z.infer<typeof partSchema>;

export function isTextPart(part: Part): part is z.infer<typeof textPart> {
  return part.type === "text" && typeof part.text === "string";
}

export function isReasoningPart(part: Part): part is z.infer<typeof reasoningPart> {
  return part.type === "reasoning" && typeof part.text === "string";
}

/** What a model is shown of a message, and what a person copies: the text parts, in order. */
export function textOf(parts: readonly Part[]): string {
  return parts
    .filter(isTextPart)
    .map((part) => part.text)
    .join("");
}
