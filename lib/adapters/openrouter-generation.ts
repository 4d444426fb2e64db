import { z } from "zod";
import type { CallCost } from "@/lib/models/provider";
import { reportedTokensSchema } from "@/lib/models/usage";
import { microsFromDollars } from "./chat-completions/money";

const generationSchema = z.object({
  data: z.object({
    total_cost: z.union([z.number(), z.string()]),
    native_tokens_prompt: reportedTokensSchema,
    native_tokens_completion: reportedTokensSchema,
    native_tokens_reasoning: reportedTokensSchema,
    native_tokens_cached: reportedTokensSchema,
  }),
});

/** What OpenRouter's `GET /generation` says that a call came to; `null` while it says nothing that can be read. */
export function parseOpenRouterGeneration(body: unknown): CallCost | null {
  const parsed = generationSchema.safeParse(body);
  const costMicros = parsed.success ? microsFromDollars(parsed.data.data.total_cost) : null;
  if (!parsed.success || costMicros === null) return null;
  const { data } = parsed.data;
  return {
    costMicros,
    usage: {
      inputTokens: data.native_tokens_prompt ?? null,
      outputTokens: data.native_tokens_completion ?? null,
      reasoningTokens: data.native_tokens_reasoning ?? null,
      cachedTokens: data.native_tokens_cached ?? null,
    },
  };
}
