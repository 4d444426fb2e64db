import type { CatalogueModel } from "@/lib/models/catalogue";
import type { ModelProvider, PromptMessage } from "@/lib/models/provider";
import type { ModelSettings } from "@/lib/models/settings";
import { estimateCost, type InputTokens } from "./estimate-cost";
import { costOf, type ModelPrices, outputTokensWithin, pricesOf } from "./model-prices";
import { roughMargin, roughTokensOfMessages } from "./rough-tokens";

/** What an answer may come to, and how it is kept within less. */
export interface Quote {
  prices: ModelPrices | null;
  /** To be held back: nothing for what costs nothing. */
  holdMicros: number;
  /** With less than this it is not worth beginning. */
  leastMicros: number;
  /** The settings by which it costs no more than `micros`. */
  settingsWithin(micros: number): ModelSettings;
}

// An answer that would have to be shorter is refused instead.
const worthwhileTokens = 500;

// Five cents, more than most answers cost: questions of unknown price that come together do not all get past a limit.
const unknownHoldMicros = 50_000;

export function quoteFor({
  provider,
  model,
  messages,
  settings,
  input = { tokens: roughTokensOfMessages(messages), isEstimate: true },
}: {
  provider: Pick<ModelProvider, "costOf">;
  model: CatalogueModel | null;
  messages: readonly PromptMessage[];
  settings: ModelSettings;
  input?: InputTokens;
}): Quote {
  const prices = pricesOf(model);
  if (model === null || prices === null) {
    // What reports its costs counts although nobody knows them before: as long as anything is left for it, it is begun.
    const isCounted = provider.costOf !== undefined;
    return {
      prices,
      holdMicros: isCounted ? unknownHoldMicros : 0,
      leastMicros: isCounted ? 1 : 0,
      settingsWithin: () => settings,
    };
  }
  const { mostMicros, outputTokensMax } = estimateCost(prices, model, settings, input);
  const inputTokens = input.isEstimate ? Math.ceil(input.tokens * roughMargin) : input.tokens;
  return {
    prices,
    holdMicros: mostMicros,
    leastMicros: costOf(
      prices,
      { inputTokens, outputTokens: Math.min(worthwhileTokens, outputTokensMax) },
      "up",
    ),
    settingsWithin: (micros) =>
      micros >= mostMicros
        ? settings
        : { ...settings, maxOutputTokens: Math.max(1, outputTokensWithin(prices, micros, { inputTokens })) },
  };
}
