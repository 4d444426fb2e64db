import { createId } from "@/lib/chats/id";
import type { ServedModel } from "@/lib/models/directory";
import type { Completion, ModelRequest } from "@/lib/models/provider";
import { billOf, unknownBill } from "./bill";
import type { UsageLedger } from "./ledger";
import { highestPricesOf, isFree, pricesOf } from "./model-prices";
import { holdWithin, quoteFor } from "./quote";
import { standingsOver, tightest } from "./standing";
import type { UsageKind } from "./usage-source";

export interface SideCall {
  kind: Exclude<UsageKind, "answer">;
  userId: string;
  served: ServedModel;
  request: ModelRequest;
}

/**
 * One short call beside the answers, at the person's cost. `null` where the provider makes none or the limits leave
 * too little; under one it is as short, and its hosts are as cheap, as what is left asks for. Fails and aborts as `ModelProvider.complete` does.
 */
export async function completeAtCost(
  ledger: Pick<UsageLedger, "note" | "standings">,
  { kind, userId, served, request }: SideCall,
  signal: AbortSignal,
): Promise<Completion | null> {
  const { provider, route } = served;
  const prices = pricesOf(served.model);
  if (!provider.complete) return null;
  const { messages, chatId, model } = request;
  const standings = isFree(highestPricesOf(served.model)) ? [] : await ledger.standings(userId);
  const limit = tightest(standingsOver(route.payer, standings));
  const settings = limit ? settingsWithin(served, request, limit.leftMicros) : request.settings;
  if (settings === null) return null;
  const call = { id: createId(), kind, generationId: null, userId, chatId, model, route };
  let upstreamId: string | null = null;
  const completing = provider.complete({ ...request, settings }, signal, (id) => {
    upstreamId = id;
  });
  const completion = await completing.catch(async (error: unknown) => {
    if (upstreamId !== null) await ledger.note({ ...call, bill: unknownBill(provider, upstreamId) });
    throw error;
  });
  const { text, usage, costMicros } = completion;
  const bill = billOf({ provider, prices, messages, written: () => text, upstreamId, usage, costMicros });
  if (bill) await ledger.note({ ...call, bill });
  return completion;
}

function settingsWithin({ provider, model }: ServedModel, request: ModelRequest, leftMicros: number) {
  const { messages, settings } = request;
  const quote = quoteFor({ provider, model, messages, settings, isLimited: true });
  const hold = leftMicros > 0 ? holdWithin(quote, leftMicros) : null;
  return hold === null ? null : quote.settingsWithin(hold);
}
