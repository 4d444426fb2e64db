import { z } from "zod";
import { isTimeZone } from "./moment-texts";

export const promptSections = ["pre", "system", "character", "profile"] as const;

export type PromptSection = (typeof promptSections)[number];

export const sectionLengthMax = 100_000;
const sectionText = z.string().max(sectionLengthMax).default("");

/** What is said to the model before and after the conversation, and in which order. */
export const promptSettingsSchema = z.object({
  preSystemPrompt: sectionText,
  /** Of the installation's settings: what holds where the person has none. */
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
  /** Whose day `{{date}}` is; `null` for UTC. */
  timeZone: z.string().max(64).refine(isTimeZone, "no time zone").nullable().default(null),
});

export type PromptSettings = z.infer<typeof promptSettingsSchema>;
