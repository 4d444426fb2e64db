import type { CatalogueModel } from "@/lib/models/catalogue";
import type { ModelProvider, PromptMessage } from "@/lib/models/provider";
import type { ModelSettings } from "@/lib/models/settings";
import { takesParameter } from "@/lib/models/supported-settings";
import { estimateCost, type InputTokens } from "./estimate-cost";
import { costOf, highestPricesOf, type ModelPrices, outputTokensWithin, pricesOf } from "./model-prices";
import { roughMargin, roughTokensOfMessages } from "./rough-tokens";

/** What an answer may come to, and how it is kept within less. */
export interface Quote {
  /** The chosen model's. */
  prices: ModelPrices | null;
  /** To be held back: nothing for what costs nothing. */
  holdMicros: number;
  /** With less than this it is not worth beginning. */
  leastMicros: number;
  /** The settings by which it costs no more than `micros`. */
  settingsWithin(micros: number): ModelSettings;
}

/** What is held back for it where no more is left than that; `null` where it is not begun. */
export function holdWithin({ holdMicros, leastMicros }: Quote, leftMicros: number): number | null {
  return leftMicros < leastMicros ? null : Math.min(holdMicros, leftMicros);
}

// An answer that would have to be shorter is refused instead.
const worthwhileTokens = 500;

// Five cents, more than most answers cost: questions of unknown price that come together do not all get past a limit.
const unknownHoldMicros = 50_000;

/** Reckons with the dearest of all that may answer, each held to its length only where it heeds a limit. */
export function quoteFor({
  provider,
  model,
  fallbacks = [],
  messages,
  settings,
  input = { tokens: roughTokensOfMessages(messages), isEstimate: true },
}: {
  provider: Pick<ModelProvider, "costOf">;
  model: CatalogueModel | null;
  /** What may answer in its place. */
  fallbacks?: readonly (CatalogueModel | null)[];
  messages: readonly PromptMessage[];
  settings: ModelSettings;
  input?: InputTokens;
}): Quote {
  const inputTokens = input.isEstimate ? Math.ceil(input.tokens * roughMargin) : input.tokens;
  const priced = [model, ...fallbacks].map((candidate) => {
    const prices = highestPricesOf(candidate);
    if (candidate === null || prices === null) return null;
    // Without the chosen model's consent it is not even sent.
    const heedsLimit = [model, candidate].every((each) => takesParameter(each, "maxOutputTokens"));
    const limited = heedsLimit ? settings : { ...settings, maxOutputTokens: undefined };
    const { mostMicros, outputTokensMax } = estimateCost(prices, candidate, limited, input);
    const outputTokens = heedsLimit ? Math.min(worthwhileTokens, outputTokensMax) : outputTokensMax;
    return { prices, mostMicros, leastMicros: costOf(prices, { inputTokens, outputTokens }, "up") };
  });
  const known = priced.filter((each) => each !== null);
  // What reports its costs counts although nobody knows them before: something has to be left for it.
  const isCounted = known.length < priced.length && provider.costOf !== undefined;
  return {
    prices: pricesOf(model),
    holdMicros: Math.max(isCounted ? unknownHoldMicros : 0, ...known.map(({ mostMicros }) => mostMicros)),
    leastMicros: Math.max(isCounted ? 1 : 0, ...known.map(({ leastMicros }) => leastMicros)),
    settingsWithin(micros) {
      const tooDear = known.filter(({ mostMicros }) => mostMicros > micros);
      if (tooDear.length === 0) return settings;
      const tokens = tooDear.map(({ prices }) => outputTokensWithin(prices, micros, { inputTokens }));
      return { ...settings, maxOutputTokens: Math.max(1, Math.min(...tokens)) };
    },
  };
}
