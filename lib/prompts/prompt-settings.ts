import { z } from "zod";

export const promptSections = ["pre", "system", "character", "profile"] as const;

export type PromptSection = (typeof promptSections)[number];

const sectionText = z.string().max(100_000).default("");

/** What is said to the model before and after the conversation, and in which order. */
export const promptSettingsSchema = z.object({
  preSystemPrompt: sectionText,
  systemPrompt: sectionText,
  postSystemPrompt: sectionText,
  separator: z.string().max(100).default("\n---\n"),
  /** The sections that are joined into the first system message; those not named follow in their usual order. */
  order: z
    .array(z.enum(promptSections))
    .max(promptSections.length)
    .default([...promptSections]),
  off: z
    .array(z.enum([...promptSections, "post"]))
    .max(promptSections.length + 1)
    .default([]),
});

export type PromptSettings = z.infer<typeof promptSettingsSchema>;
