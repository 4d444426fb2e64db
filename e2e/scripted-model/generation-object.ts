import { isObject } from "./chat-request.ts";
import { provider } from "./frames.ts";
import type { RecordedRequest } from "./journal.ts";

/** The `data` of `GET /generation?id=`: what a generation came to, afterwards. */
export function generationObject(request: RecordedRequest) {
  const { usage } = request;
  const completion = isObject(usage?.completion_tokens_details) ? usage.completion_tokens_details : {};
  const prompt = isObject(usage?.prompt_tokens_details) ? usage.prompt_tokens_details : {};
  const lastedMs = Date.parse(request.endedAt ?? new Date().toISOString()) - Date.parse(request.at);
  return {
    id: request.id,
    upstream_id: `scripted-${request.id}`,
    created_at: request.at,
    model: request.model,
    provider_name: provider,
    streamed: request.stream,
    cancelled: request.aborted,
    finish_reason: request.finishReason,
    native_finish_reason: request.finishReason,
    latency: lastedMs,
    generation_time: lastedMs,
    total_cost: usage?.cost ?? 0,
    usage: usage?.cost ?? 0,
    tokens_prompt: usage?.prompt_tokens ?? 0,
    tokens_completion: usage?.completion_tokens ?? request.tokensSent,
    native_tokens_prompt: usage?.prompt_tokens ?? 0,
    native_tokens_completion: usage?.completion_tokens ?? request.tokensSent,
    native_tokens_reasoning: completion.reasoning_tokens ?? 0,
    native_tokens_cached: prompt.cached_tokens ?? 0,
    is_byok: false,
  };
}
