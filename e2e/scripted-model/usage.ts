import type { ChatRequest } from "./chat-request.ts";
import { priceOf } from "./model-objects.ts";
import { namedModel } from "./named-models.ts";
import type { Turn } from "./turn.ts";

export type Usage = ReturnType<typeof usageOf>;

/**
 * What a turn costs when it is played to its end, in OpenRouter's words: four characters of
 * the prompt are a token, and so is each delta.
 */
export function usageOf({ script }: Turn, { model, messages }: ChatRequest, completionTokens: number) {
  const { reasoningTokens, usage } = script;
  const characters = messages.reduce((sum, { text }) => sum + text.length, 0);
  const promptTokens = usage?.promptTokens ?? Math.ceil(characters / 4) + messages.length * 4;
  const named = namedModel(model);
  const price = named === null ? { prompt: 0, completion: 0 } : priceOf(named);
  const promptCost = promptTokens * price.prompt;
  const completionCost = completionTokens * price.completion;
  const cost = usage?.cost ?? rounded(promptCost + completionCost);
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    cost,
    is_byok: false,
    prompt_tokens_details: {
      cached_tokens: usage?.cachedTokens ?? 0,
      cache_write_tokens: 0,
      audio_tokens: 0,
      video_tokens: 0,
    },
    cost_details: {
      upstream_inference_cost: cost,
      upstream_inference_prompt_cost: rounded(promptCost),
      upstream_inference_completions_cost: rounded(completionCost),
    },
    completion_tokens_details: { reasoning_tokens: reasoningTokens, image_tokens: 0, audio_tokens: 0 },
  };
}

/** To a millionth of a micro-dollar, so that sums of floats print cleanly. */
function rounded(dollars: number): number {
  return Math.round(dollars * 1e12) / 1e12;
}
