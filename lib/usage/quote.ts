import type { CatalogueModel } from "@/lib/models/catalogue";
import type { ModelProvider, PromptMessage } from "@/lib/models/provider";
import type { ModelSettings } from "@/lib/models/settings";
import { takesParameter } from "@/lib/models/supported-settings";
import { estimateCost, type InputTokens } from "./estimate-cost";
import {
  costOf,
  dearestOf,
  highestPricesOf,
  type ModelPrices,
  outputTokensWithin,
  pricesOf,
} from "./model-prices";
import { hostMargin, withMaxPrice } from "./price-ceiling";
import { roughMargin, roughTokensOfMessages } from "./rough-tokens";

/** What an answer may come to, and how it is kept within less. */
export interface Quote {
  /** The chosen model's. */
  prices: ModelPrices | null;
  /** What the dearest of all that may answer costs by the catalogue. */
  mostMicros: number;
  /** To be held back: nothing for what costs nothing. */
  holdMicros: number;
  /** With less than this it is not worth beginning. */
  leastMicros: number;
  /** Whether no answer can cost more than is held: no host may be dearer, and no model's price or length is unknown. */
  isBound: boolean;
  /** The settings by which it costs no more than `micros`. */
  settingsWithin(micros: number): ModelSettings;
}

/** What is held back for it where no more is left than that; `null` where it is not begun. */
export function holdWithin({ holdMicros, leastMicros }: Quote, leftMicros: number): number | null {
  return leftMicros < leastMicros ? null : Math.min(holdMicros, leftMicros);
}

export interface Quoted {
  provider: Pick<ModelProvider, "costOf" | "takesMaxPrice">;
  model: CatalogueModel | null;
  /** What may answer in its place. */
  fallbacks?: readonly (CatalogueModel | null)[];
  messages?: readonly PromptMessage[];
  settings: ModelSettings;
  /** Where it is known without the messages. */
  input?: InputTokens;
  /** Whether anything limits what is spent: then dear hosts are kept out. */
  isLimited?: boolean;
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
  messages = [],
  settings,
  input = { tokens: roughTokensOfMessages(messages), isEstimate: true },
  isLimited = false,
}: Quoted): Quote {
  const inputTokens = input.isEstimate ? Math.ceil(input.tokens * roughMargin) : input.tokens;
  const candidates = [model, ...fallbacks];
  const known = candidates.flatMap((candidate) => {
    const [told, prices] = [pricesOf(candidate), highestPricesOf(candidate)];
    return candidate && told && prices ? [{ candidate, told, prices }] : [];
  });
  const hasUnknown = known.length < candidates.length;
  const ceiling = dearestOf(known.map(({ prices }) => prices));
  // The ceiling is one for all models, so that with it any of them may cost as much.
  const isCapped = isLimited && !hasUnknown && provider.takesMaxPrice === true && !isFreeOf(ceiling);
  const priced = known.map(({ candidate, prices: own }) => {
    const prices = isCapped ? ceiling : own;
    // Without the chosen model's consent it is not even sent.
    const heedsLimit = [model, candidate].every((each) => takesParameter(each, "maxOutputTokens"));
    const limited = heedsLimit ? settings : { ...settings, maxOutputTokens: undefined };
    const { mostMicros, outputTokensMax, isAssumed } = estimateCost(prices, candidate, limited, input);
    const outputTokens = heedsLimit ? Math.min(worthwhileTokens, outputTokensMax) : outputTokensMax;
    return {
      prices,
      mostMicros,
      isAssumed,
      leastMicros: costOf(prices, { inputTokens, outputTokens }, "up"),
    };
  });
  // What reports its costs counts although nobody knows them before: something has to be left for it.
  const isCounted = hasUnknown && provider.costOf !== undefined;
  const mostMicros = Math.max(0, ...priced.map((each) => each.mostMicros));
  const isOpenEnded = mostMicros > 0 && priced.some(({ isAssumed }) => isAssumed);
  const cappedMicros = isCapped ? hostMargin * mostMicros : mostMicros;
  return {
    prices: pricesOf(model),
    mostMicros,
    holdMicros: Math.max(isCounted ? unknownHoldMicros : 0, cappedMicros),
    leastMicros: Math.max(isCounted ? 1 : 0, ...priced.map(({ leastMicros }) => leastMicros)),
    isBound: !hasUnknown && !isOpenEnded && (isCapped || provider.takesMaxPrice !== true || mostMicros === 0),
    settingsWithin(micros) {
      const tooDear = priced.filter((each) => each.mostMicros > micros);
      const tokens = tooDear.map(({ prices }) => outputTokensWithin(prices, micros, { inputTokens }));
      // A length that is only assumed is not sent: some models refuse more than they can write.
      const own = settings.maxOutputTokens ?? Number.POSITIVE_INFINITY;
      const shortest = Math.min(own, ...tokens);
      const bounded = shortest < own ? { ...settings, maxOutputTokens: Math.max(1, shortest) } : settings;
      return isCapped && mostMicros > 0
        ? withMaxPrice(bounded, dearestOf(known.map(({ told }) => told)), { of: micros, in: mostMicros })
        : bounded;
    },
  };
}

function isFreeOf(prices: ModelPrices): boolean {
  return costOf(prices, { inputTokens: 1_000_000, outputTokens: 1_000_000, images: 1 }, "up") === 0;
}
