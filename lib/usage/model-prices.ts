import { wantsCacheMarks } from "@/lib/models/cache-marks";
import type { CatalogueModel } from "@/lib/models/catalogue";
import { costMicrosMax } from "@/lib/models/usage";

/** What a model takes: US dollars, as a number or a decimal, for a million tokens or for one piece; `null` where nobody says. */
export interface ModelPrices {
  input: Price;
  /** Input that the provider has in its cache; where it has no price of its own it costs what input costs. */
  cachedInput: Price;
  output: Price;
  request: Price;
  image: Price;
}

type Price = number | string | null;

/** What was used, or would be. */
export interface Usages {
  inputTokens: number;
  cachedTokens?: number;
  outputTokens: number;
  images?: number;
}

export type Rounding = "up" | "nearest";

/** `null` for a model of which the prices are not known. */
export function pricesOf(model: CatalogueModel | null): ModelPrices | null {
  if (model === null || model.inputPrice === null || model.outputPrice === null) return null;
  return {
    input: model.inputPrice,
    cachedInput: model.cachedInputPrice,
    output: model.outputPrice,
    request: model.requestPrice,
    image: model.imagePrice,
  };
}

/**
 * What no token costs more than: of a prompt that is marked for the cache all may have to be written to it, and of an
 * answer all may be thought.
 */
export function highestPricesOf(model: CatalogueModel | null): ModelPrices | null {
  const prices = pricesOf(model);
  if (model === null || prices === null) return null;
  return {
    ...prices,
    input: wantsCacheMarks(model.id) ? dearer(prices.input, model.cacheWritePrice) : prices.input,
    output: dearer(prices.output, model.reasoningPrice),
  };
}

export function isFree(prices: ModelPrices | null): boolean {
  return prices !== null && Object.values(prices).every((price) => partsOf(price) === 0n);
}

/**
 * Whole micro-dollars, which are what a million tokens' dollars make of one token. Counted in integers, for in
 * floats 0.15 times 20 is more than 3.
 */
export function costOf(prices: ModelPrices, usages: Usages, rounding: Rounding): number {
  const cached = Math.min(usages.cachedTokens ?? 0, usages.inputTokens);
  const parts =
    BigInt(usages.inputTokens - cached) * partsOf(prices.input) +
    BigInt(cached) * partsOf(prices.cachedInput ?? prices.input) +
    BigInt(usages.outputTokens) * partsOf(prices.output) +
    million * (partsOf(prices.request) + BigInt(usages.images ?? 0) * partsOf(prices.image));
  const micros = (parts + (rounding === "up" ? million - 1n : million / 2n)) / million;
  return Math.min(Number(micros), costMicrosMax);
}

/** How many tokens of output `micros` pay for beside what else is used. */
export function outputTokensWithin(prices: ModelPrices, micros: number, used: Omit<Usages, "outputTokens">) {
  const left = BigInt(micros) - BigInt(costOf(prices, { ...used, outputTokens: 0 }, "up"));
  const price = partsOf(prices.output);
  if (left < 0n) return 0;
  return price === 0n ? Number.POSITIVE_INFINITY : Number((left * million) / price);
}

const million = 1_000_000n;

function dearer(price: Price, other: Price): Price {
  return partsOf(other) > partsOf(price) ? other : price;
}

/** Millionths of a dollar, which is as finely as catalogues write prices for a million tokens. */
function partsOf(price: Price): bigint {
  const dollars = price === null ? 0 : Number(price);
  return Number.isFinite(dollars) && dollars > 0 ? BigInt(Math.round(dollars * 1e6)) : 0n;
}

/** What none of them goes beyond, price by price. */
export function dearestOf(all: readonly ModelPrices[]): ModelPrices {
  const dearest = (name: keyof ModelPrices) =>
    all.reduce(
      (most: Price, { [name]: price }) => (partsOf(price) > partsOf(most) ? price : most),
      all[0]?.[name] ?? null,
    );
  return {
    input: dearest("input"),
    // What is read from a cache may be read anew.
    cachedInput: null,
    output: dearest("output"),
    request: dearest("request"),
    image: dearest("image"),
  };
}

/** As dollars, each at most `share` of what it was in millionths; a price that nobody says stays one. */
export function priceShare(price: Price, { of, in: whole }: { of: number; in: number }): number | null {
  if (price === null) return null;
  return Number((partsOf(price) * BigInt(of)) / BigInt(whole)) / 1e6;
}
