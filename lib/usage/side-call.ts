import { createId } from "@/lib/chats/id";
import type { ServedModel } from "@/lib/models/directory";
import type { Completion, ModelRequest } from "@/lib/models/provider";
import { billOf, unknownBill } from "./bill";
import type { UsageLedger } from "./ledger";
import { highestPricesOf, isFree, pricesOf } from "./model-prices";
import { hasLeft } from "./standing";
import type { UsageKind } from "./usage-source";

export interface SideCall {
  kind: Exclude<UsageKind, "answer">;
  userId: string;
  served: ServedModel;
  request: ModelRequest;
}

/**
 * One short call that nobody has asked for, at the person's cost. `null` where the provider makes none or the
 * limits leave nothing. Fails and aborts as `ModelProvider.complete` does.
 */
export async function completeAtCost(
  ledger: Pick<UsageLedger, "note" | "standings">,
  { kind, userId, served, request }: SideCall,
  signal: AbortSignal,
): Promise<Completion | null> {
  const { provider, route } = served;
  const prices = pricesOf(served.model);
  if (!provider.complete) return null;
  if (!isFree(highestPricesOf(served.model)) && !(await hasLeft(ledger, userId, route.payer))) return null;
  const { messages, chatId, model } = request;
  const call = { id: createId(), kind, generationId: null, userId, chatId, model, route };
  let upstreamId: string | null = null;
  const completing = provider.complete(request, signal, (id) => {
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
