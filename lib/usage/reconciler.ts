import type { Log } from "@/lib/diagnostics/log";
import { isAppError } from "@/lib/errors/app-error";
import type { Bus } from "@/lib/events/bus";
import type { ModelProvider } from "@/lib/models/provider";
import type { DueEntry, UsageLedger } from "./ledger";

const atOnceMax = 10;
const deadlineMs = 10_000;

export interface Reconciler {
  /** Asks providers what broken-off answers cost in the end, those that are due and no other process asks about. */
  reconcile(): Promise<void>;
}

export function createReconciler({
  ledger,
  providerOf,
  bus,
  log,
  closing,
}: {
  ledger: Pick<UsageLedger, "claimDue" | "reconcile" | "giveUp">;
  /** With the key that paid, and no other; `null` where it cannot be had now, `key-gone` where it is not there any more. */
  providerOf: (entry: DueEntry) => Promise<Pick<ModelProvider, "costOf"> | "key-gone" | null>;
  bus: Pick<Bus, "publish">;
  log: Log;
  closing: AbortSignal;
}): Reconciler {
  async function ask(entry: DueEntry): Promise<void> {
    const { id, upstreamId } = entry;
    const provider = await providerOf(entry);
    if (provider === "key-gone") {
      await ledger.giveUp(id);
      log.info({ entryId: id }, "nobody can be asked what an answer cost: its key is gone");
      return;
    }
    const signal = AbortSignal.any([closing, AbortSignal.timeout(deadlineMs)]);
    const known = (await provider?.costOf?.(upstreamId, signal)) ?? null;
    const told = known && (await ledger.reconcile(id, known));
    if (told) bus.publish(`user:${told.userId}`);
    log.debug({ entryId: id, isKnown: known !== null }, "a provider was asked what an answer cost");
  }

  return {
    async reconcile() {
      const due = await ledger.claimDue(atOnceMax);
      await Promise.all(
        due.map((entry) =>
          // It is asked again after the next pause.
          ask(entry).catch((error) => {
            const told = isAppError(error) ? { type: error.type, details: error.details } : { error };
            log.info({ entryId: entry.id, ...told }, "a provider did not say what an answer cost");
          }),
        ),
      );
    },
  };
}
