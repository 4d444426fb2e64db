import type { ModelSettings } from "@/lib/models/settings";
import { type ModelPrices, priceShare } from "./model-prices";

/**
 * How much dearer than the catalogue a host may be that answers under a limit. OpenRouter's catalogue has the price of
 * the cheapest host; with no more than that an answer would hang on this one, and with no bound the limit would not hold.
 */
export const hostMargin = 2;

/** Keeps out the hosts that take more than is held back pays for, and none that takes what the catalogue says. */
export function withMaxPrice(
  settings: ModelSettings,
  ceiling: ModelPrices,
  held: { of: number; in: number },
): ModelSettings {
  const share = { of: Math.min(hostMargin * held.in, Math.max(held.in, held.of)), in: held.in };
  const own = settings.routing?.maxPrice;
  const maxPrice = {
    input: lowest(priceShare(ceiling.input, share), own?.input),
    output: lowest(priceShare(ceiling.output, share), own?.output),
    request: lowest(priceShare(ceiling.request, share), own?.request),
  };
  return { ...settings, routing: { ...settings.routing, maxPrice } };
}

function lowest(price: number | null, other: number | undefined): number | undefined {
  return price === null || (other !== undefined && other < price) ? other : price;
}
