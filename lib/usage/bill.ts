import type { ModelProvider, PromptMessage } from "@/lib/models/provider";
import type { Usage } from "@/lib/models/usage";
import { costOf, type ModelPrices } from "./model-prices";
import { roughTokens, roughTokensOfMessages } from "./rough-tokens";

/** What one call of a model has come to, as far as that is known when it ends. */
export interface Bill {
  provider: string;
  upstreamId: string | null;
  usage: Usage | null;
  costMicros: number | null;
  source: "reported" | "estimated";
  /** Whether the provider can be asked later what it was in the end. */
  isAskable: boolean;
}

export interface Called {
  provider: Pick<ModelProvider, "id" | "costOf">;
  prices: ModelPrices | null;
  /** What it was told; `null` where that is not known any more. */
  messages: readonly PromptMessage[] | null;
  /** All that it wrote, thoughts included. */
  written: () => string;
  upstreamId: string | null;
  /** What it reported; a call that was broken off reports nothing. */
  usage: Usage | null;
  costMicros: number | null;
}

/**
 * What the provider reported is the truth. Where it told tokens and no cost, or nothing at all, the cost is
 * estimated. `null` for a call that came to nothing.
 */
export function billOf(called: Called): Bill | null {
  const { provider, prices, upstreamId, costMicros } = called;
  const isSilent = called.usage === null && costMicros === null;
  if (isSilent && upstreamId === null && called.written() === "") return null;
  const known = { provider: provider.id, upstreamId };
  if (costMicros !== null) {
    return { ...known, usage: called.usage, costMicros, source: "reported", isAskable: false };
  }
  const usage = called.usage ?? roughUsageOf(called);
  return {
    ...known,
    usage,
    costMicros: prices && costOf(prices, usagesOf(usage), "nearest"),
    source: "estimated",
    isAskable: provider.costOf !== undefined && upstreamId !== null,
  };
}

/** Of a call that brought nothing but its name at the provider: only that can tell what it came to. */
export function unknownBill(provider: Called["provider"], upstreamId: string): Bill {
  return {
    provider: provider.id,
    upstreamId,
    usage: null,
    costMicros: null,
    source: "estimated",
    isAskable: provider.costOf !== undefined,
  };
}

function roughUsageOf({ messages, written }: Called): Usage {
  return {
    inputTokens: messages && roughTokensOfMessages(messages),
    outputTokens: roughTokens(written()),
    reasoningTokens: null,
    cachedTokens: null,
  };
}

function usagesOf({ inputTokens, outputTokens, cachedTokens }: Usage) {
  return {
    inputTokens: inputTokens ?? 0,
    outputTokens: outputTokens ?? 0,
    cachedTokens: cachedTokens ?? 0,
  };
}
