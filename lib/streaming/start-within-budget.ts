import { AppError } from "@/lib/errors/app-error";
import type { ModelSettings } from "@/lib/models/settings";
import { overBudget } from "@/lib/usage/over-budget";
import { holdWithin, type Quote } from "@/lib/usage/quote";
import { tightest } from "@/lib/usage/standing";
import type { Started } from "./generation-store";

// Each round is for what others have held or given back since the one before.
const roundsMax = 4;

/**
 * Starts an answer with all that it may cost held back, or with what is left where that is enough for one worth
 * having: it is kept that short then. Throws `quota_exceeded` where it is not.
 */
export async function startWithinBudget(
  quote: Quote,
  start: (holdMicros: number, settings: ModelSettings) => Promise<Started>,
): Promise<Exclude<Started, { outcome: "over-budget" }>> {
  let { holdMicros } = quote;
  for (let round = 0; round < roundsMax; round++) {
    const started = await start(holdMicros, quote.settingsWithin(holdMicros));
    if (started.outcome !== "over-budget") return started;
    const standing = tightest(started.standings);
    if (standing === null) continue;
    const hold = holdWithin(quote, standing.leftMicros);
    if (hold === null) throw overBudget(standing);
    holdMicros = hold;
  }
  throw new AppError("unavailable", "what is left of a budget keeps changing");
}
