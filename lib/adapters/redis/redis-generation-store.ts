import { type Batch, unpackBatch } from "@/lib/streaming/batch";
import { isContent } from "@/lib/streaming/chunk";
import type { Append, ChunkLog } from "@/lib/streaming/chunk-log";
import type { Abandoned, Lease } from "@/lib/streaming/generation";
import type { GenerationStore } from "@/lib/streaming/generation-store";
import { type Checkpoints, joinBatches } from "./checkpoints";
import type { HotTail } from "./hot-tail";

/** The rows: none ends or changes hands before PostgreSQL has the text that only Redis had. */
export function withHotTail(
  store: GenerationStore,
  { hot, checkpoints, durable }: { hot: HotTail; checkpoints: Checkpoints; durable: ChunkLog },
): GenerationStore {
  return {
    ...store,

    async requestStop(userId, chatId, generationId) {
      const stopping = await store.requestStop(userId, chatId, generationId);
      if (stopping) await hot.stop(stopping.id);
      return stopping;
    },

    async end(lease, ending, parts, batch) {
      await checkpoints.settle(lease);
      const isOurs = await store.end(lease, ending, parts, batch);
      checkpoints.forget(lease);
      // Before anybody is woken: a reader looks into PostgreSQL, where the last chunks are, once Redis has none.
      if (isOurs) await hot.drop([lease.generationId]);
      return isOurs;
    },

    async handOver(lease, rest) {
      await checkpoints.settle(lease);
      await store.handOver(lease, rest);
      checkpoints.forget(lease);
      await hot.drop([lease.generationId]);
    },

    /** Rejects when what Redis has could not be saved: the leases run out, and the next sweep finds it again. */
    async takeOver(owner, which) {
      const abandoned = await store.takeOver(owner, which);
      if (abandoned.length === 0) return abandoned;
      const left = await hot.raise(
        abandoned.map((generation) => ({ lease: leaseOf(generation), lastSeq: generation.lastSeq })),
      );
      const adoptions = new Map(
        abandoned.flatMap((generation, index) => {
          const append = adoptionOf(generation, left[index] ?? []);
          return append ? [[generation.id, append]] : [];
        }),
      );
      if (adoptions.size === 0) return abandoned;
      const outcomes = await durable.append([...adoptions.values()]);
      await hot.drop([...adoptions.keys()]);
      return abandoned.flatMap((generation) => {
        const adoption = adoptions.get(generation.id);
        if (!adoption) return [generation];
        return outcomes.has(generation.id) ? [{ ...generation, lastSeq: adoption.batch.toSeq }] : [];
      });
    },
  };
}

function adoptionOf(generation: Abandoned, left: readonly Batch[]): (Append & { batch: Batch }) | null {
  const batch = left[0]?.fromSeq === generation.lastSeq + 1 ? joinBatches(left) : null;
  if (!batch) return null;
  const hasToken = unpackBatch(batch).some(({ chunk }) => isContent(chunk));
  const lease = leaseOf(generation);
  return { lease, batch, upstreamId: null, hasToken, writtenIn: lease.epoch - 1 };
}

function leaseOf({ id, epoch }: Abandoned): Lease {
  return { generationId: id, epoch };
}
