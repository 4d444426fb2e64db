import { createId } from "@/lib/chats/id";
import type { ServedModel } from "@/lib/models/directory";
import type { Completion, ModelRequest } from "@/lib/models/provider";
import { billOf } from "./bill";
import type { UsageLedger } from "./ledger";
import { isFree, pricesOf } from "./model-prices";
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
  if (!isFree(prices) && !(await hasLeft(ledger, userId, route.payer))) return null;
  const completion = await provider.complete(request, signal);
  const { usage, costMicros } = completion;
  const written = () => completion.text;
  const { messages, chatId } = request;
  const bill = billOf({ provider, prices, messages, written, upstreamId: null, usage, costMicros });
  const call = { id: createId(), kind, generationId: null, userId, chatId, model: request.model, route };
  if (bill) await ledger.note({ ...call, bill });
  return completion;
}
