import { z } from "zod";

/** What becomes of a conversation that is longer than the model can be told. */
export const contextSettingsSchema = z.object({
  /** Kept free for the answer; `null` for what suits the model. */
  answerReserveTokens: z.number().int().min(64).max(200_000).nullable().default(null),
  /** Whether what is left out is summarised for the model. */
  summarises: z.boolean().default(false),
});

export type ContextSettings = z.infer<typeof contextSettingsSchema>;
