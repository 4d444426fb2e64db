import { type AppError, isAppError } from "@/lib/errors/app-error";
import { takesPrefill } from "@/lib/models/prefill-models";
import type { ModelChunk, ModelProvider, ModelRequest } from "@/lib/models/provider";
import { continuationOf } from "@/lib/prompts/continuation";
import { createOverlapTrimmer } from "@/lib/prompts/overlap";

export interface Question {
  provider: ModelProvider;
  request: ModelRequest;
  /** The text that the answer already has: the model is asked for the rest. */
  partial: string;
  /** The provider asks for patience; told once, before the wait. */
  waiting: (ms: number) => void;
}

// What OpenRouter's clients wait where no Retry-After is given.
const patienceMs = 10_000;
const patienceMsMax = 120_000;

/**
 * One answer, or the rest of one, as `ModelProvider.stream` gives it. Before the first token a passing
 * failure is forgiven once; a provider that is busy is given the time it asks for. A model that
 * refuses to be handed the beginning of its answer is asked in words to go on.
 */
export async function* askModel(question: Question, signal: AbortSignal): AsyncGenerator<ModelChunk> {
  const { provider, request, partial, waiting } = question;
  let manner: "prefill" | "turn" = takesPrefill(request.model) ? "prefill" : "turn";
  let isForgiven = false;
  for (;;) {
    const messages = partial === "" ? request.messages : continuationOf(request.messages, partial, manner);
    let hasToken = false;
    try {
      const answer = provider.stream({ ...request, messages }, signal);
      for await (const chunk of partial === "" ? answer : restOf(answer, partial)) {
        hasToken ||= chunk.type !== "upstream-id" && chunk.type !== "finish";
        yield chunk;
      }
      return;
    } catch (error) {
      signal.throwIfAborted();
      if (hasToken || !isAppError(error)) throw error;
      if (partial !== "" && manner === "prefill" && error.details?.status === 400) {
        manner = "turn";
        continue;
      }
      if (isForgiven || !error.retryable) throw error;
      isForgiven = true;
      const ms = pauseBefore(error);
      if (ms > patienceMsMax) throw error;
      if (ms > 0) {
        waiting(ms);
        await pause(ms, signal);
      }
    }
  }
}

/** Of a continuation: no second train of thought, and nothing that is already there. */
async function* restOf(answer: AsyncIterable<ModelChunk>, partial: string): AsyncGenerator<ModelChunk> {
  const trimmer = createOverlapTrimmer(partial);
  for await (const chunk of answer) {
    if (chunk.type === "reasoning-delta") continue;
    const text =
      chunk.type === "text-delta" ? trimmer.push(chunk.text) : asides.has(chunk.type) ? "" : trimmer.end();
    if (text !== "") yield { type: "text-delta", text };
    if (chunk.type !== "text-delta") yield chunk;
  }
}

/** What may come in the middle of a text; everything else comes after it. */
const asides: ReadonlySet<ModelChunk["type"]> = new Set(["upstream-id", "source"]);

function pauseBefore({ type, retryAfterMs, details }: AppError): number {
  const isBusy = type === "provider_rate_limited" || details?.status === 503;
  return retryAfterMs ?? (isBusy ? patienceMs : 0);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  const over = Promise.withResolvers<void>();
  const timer = setTimeout(over.resolve, ms);
  signal.addEventListener("abort", () => over.resolve(), { once: true });
  await over.promise;
  clearTimeout(timer);
  signal.throwIfAborted();
}
