import { z } from "zod";

/** Token counts as the provider reported them; `null` where it said nothing. */
export const usageSchema = z.object({
  inputTokens: z.number().int().nonnegative().nullable(),
  outputTokens: z.number().int().nonnegative().nullable(),
  reasoningTokens: z.number().int().nonnegative().nullable(),
  cachedTokens: z.number().int().nonnegative().nullable(),
});

export type Usage = z.infer<typeof usageSchema>;
