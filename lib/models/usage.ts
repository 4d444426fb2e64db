import { z } from "zod";

/** What a column of the ledger takes; no call is as large. */
export const tokensMax = 2_147_483_647;

/** A million dollars: no call costs as much, and thousands of such can be summed up. */
export const costMicrosMax = 1_000_000_000_000;

/** A count as a provider reports it; nothing for what can be none. */
export const reportedTokensSchema = z.number().int().nonnegative().max(tokensMax).nullish().catch(null);

/** Token counts as the provider reported them; `null` where it said nothing. */
export const usageSchema = z.object({
  inputTokens: z.number().int().nonnegative().nullable(),
  outputTokens: z.number().int().nonnegative().nullable(),
  reasoningTokens: z.number().int().nonnegative().nullable(),
  cachedTokens: z.number().int().nonnegative().nullable(),
});

export type Usage = z.infer<typeof usageSchema>;
