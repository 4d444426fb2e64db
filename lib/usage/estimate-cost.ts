import type { ModelSettings } from "@/lib/models/settings";
import { costOf, type ModelPrices } from "./model-prices";
import { roughMargin } from "./rough-tokens";

/** The little of a catalogue's model that bounds an answer. */
export interface ModelLimits {
  contextLength: number | null;
  maxOutputTokens: number | null;
}

export interface InputTokens {
  tokens: number;
  /** Whether a tokenizer counted them, or a rule of thumb. */
  isEstimate: boolean;
}

/** Millionths of a US dollar. */
export interface CostRange {
  /** The question alone. */
  leastMicros: number;
  /** With an answer of usual length. */
  typicalMicros: number;
  /** With the longest answer that the model and the settings allow. */
  mostMicros: number;
  /** How long that is. */
  outputTokensMax: number;
}

export interface CostEstimate extends CostRange {
  /** Whether nothing says how long the answer may be, so that it is only taken to be. */
  isAssumed: boolean;
}

const usualOutputTokens = 800;
// For a model that names no limit at all.
const outputTokensMaxAtLeast = 16_384;

/** What an answer may cost before it is asked for: the input is known, or nearly; the answer is not. */
export function estimateCost(
  prices: ModelPrices,
  model: ModelLimits,
  settings: ModelSettings,
  input: InputTokens,
): CostEstimate {
  const limit = outputLimitOf(model, settings, input.tokens);
  const outputTokensMax = limit ?? outputTokensMaxAtLeast;
  const inputTokensMax = input.isEstimate ? Math.ceil(input.tokens * roughMargin) : input.tokens;
  const typical = { inputTokens: input.tokens, outputTokens: Math.min(usualOutputTokens, outputTokensMax) };
  return {
    leastMicros: costOf(prices, { inputTokens: input.tokens, outputTokens: 0 }, "nearest"),
    typicalMicros: costOf(prices, typical, "nearest"),
    mostMicros: costOf(prices, { inputTokens: inputTokensMax, outputTokens: outputTokensMax }, "up"),
    outputTokensMax,
    isAssumed: limit === null,
  };
}

function outputLimitOf(
  { contextLength, maxOutputTokens }: ModelLimits,
  settings: ModelSettings,
  inputTokens: number,
): number | null {
  const room = contextLength === null ? null : Math.max(1, contextLength - inputTokens);
  const limits = [settings.maxOutputTokens, maxOutputTokens, room].filter(
    (limit) => typeof limit === "number",
  );
  return limits.length === 0 ? null : Math.min(...limits);
}
