import { z } from "zod";
import { loreNoteSchema } from "@/lib/prompts/lore-report";

const tokens = z.number().int().nonnegative();

/** The texts of a card that a model may be told. */
export const toldFields = [
  "description",
  "personality",
  "scenario",
  "first_mes",
  "mes_example",
  "system_prompt",
  "post_history_instructions",
] as const;

/** What a card comes to before it is used: how long it is, and what of its lorebook has no effect. */
export const cardCheckSchema = z.object({
  /** By whose tokenizer. */
  model: z.string(),
  /** Whether the model's own tokenizer would say something else. */
  isEstimate: z.boolean(),
  fields: z.record(z.enum(toldFields), tokens),
  alternateGreetings: z.array(tokens),
  /** Of each entry of the lorebook, without what it says of itself. */
  loreEntries: z.array(tokens),
  /** What is told with every question, headings and constant entries included, as a preview has it. */
  alwaysTokens: tokens,
  notes: z.array(loreNoteSchema),
});

export type CardCheck = z.infer<typeof cardCheckSchema>;
