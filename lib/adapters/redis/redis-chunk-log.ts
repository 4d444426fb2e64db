import type { Redis } from "ioredis";
import type { Log } from "@/lib/diagnostics/log";
import type { Append, AppendOutcome, ChunkLog } from "@/lib/streaming/chunk-log";
import { leaseMs } from "@/lib/streaming/generation";
import type { GenerationStore } from "@/lib/streaming/generation-store";
import { type Checkpoints, createCheckpoints, type Writing } from "./checkpoints";
import { createHotTail, type HotTail } from "./hot-tail";
import { withHotTail } from "./redis-generation-store";
import { within } from "./within";

// Upstream must be closed before another process may take the lease.
const leaseMarginMs = 3_000;
// The writer has to hear of a database that does not answer in time for that margin.
const saveMsMax = 1_000;
// Redis does one thing at a time: what is larger, an image, would hold up every other answer.
const hotBodyLengthMax = 1_000_000;

export interface RedisLog {
  chunkLog: ChunkLog;
  /** Goes with the log: a row ends or changes hands only once PostgreSQL has what Redis alone had. */
  store: GenerationStore;
  close(): void;
}

/**
 * PostgreSQL with Redis in front. What is written goes to Redis at once and to PostgreSQL every
 * `checkpointMs`; whatever Redis does not take, to PostgreSQL at once. PostgreSQL decides who may
 * write, and stops: Redis only holds the newest text, and fences as PostgreSQL has decided. Until it
 * is in PostgreSQL, text is also kept here, so that Redis may be lost at any time.
 */
export function createRedisLog({
  redis,
  durable,
  store,
  log,
  checkpointMs = 750,
}: {
  redis: Redis;
  durable: ChunkLog;
  store: GenerationStore;
  log: Log;
  checkpointMs?: number;
}): RedisLog {
  const hot = createHotTail({ redis, log });
  const checkpoints = createCheckpoints({ durable, log, everyMs: checkpointMs });
  return {
    chunkLog: createRedisChunkLog({ hot, checkpoints, durable, log }),
    store: withHotTail(store, { hot, checkpoints, durable }),
    close: checkpoints.close,
  };
}

function createRedisChunkLog({
  hot,
  checkpoints,
  durable,
  log,
}: {
  hot: HotTail;
  checkpoints: Checkpoints;
  durable: ChunkLog;
  log: Log;
}): ChunkLog {
  return {
    async append(appends) {
      const due = appends.map((append) => ({ append, writing: checkpoints.gather(append) }));
      const stored = await writeHot(hot, due);
      const rest = due.filter(({ writing }) => writing.outcome !== null && !stored.has(writing));
      const failure = rest.length > 0 ? await failureOf(within(checkpoints.save(), saveMsMax)) : null;

      const outcomes = new Map<string, AppendOutcome>();
      for (const { append, writing } of due) {
        if (writing.outcome === null) continue;
        if (isRunningOut(writing)) {
          log.warn({ ...writing.lease }, "lease given up: the database did not answer in time");
          continue;
        }
        const isStored = !append.batch || stored.has(writing) || writing.savedSeq >= append.batch.toSeq;
        if (!isStored) throw failure;
        outcomes.set(writing.lease.generationId, writing.outcome);
      }
      return outcomes;
    },

    async read(generationId, afterSeq) {
      // Redis first: what it lets go of in between, PostgreSQL has by then.
      const tail = await hot.read(generationId, afterSeq);
      const first = tail[0];
      // Who follows live is a few chunks behind at most and needs no statement.
      if (first && afterSeq > 0 && first.fromSeq <= afterSeq + 1) return tail;
      const saved = await durable.read(generationId, afterSeq);
      const savedSeq = saved.at(-1)?.toSeq ?? afterSeq;
      const savedEpoch = saved.at(-1)?.epoch ?? 0;
      // PostgreSQL may know of a later writer than Redis did a moment before.
      const beyond = tail.filter(({ epoch, toSeq }) => epoch >= savedEpoch && toSeq > savedSeq);
      return beyond[0]?.fromSeq === savedSeq + 1 ? [...saved, ...beyond] : saved;
    },

    dropEnded: durable.dropEnded,
  };
}

/** The writings that need PostgreSQL for nothing now. */
async function writeHot(
  hot: HotTail,
  due: readonly { append: Append; writing: Writing }[],
): Promise<ReadonlySet<Writing>> {
  if (!hot.isUp) return new Set();
  const writes = due.flatMap(({ append: { lease, batch }, writing }) =>
    batch && batch.body.length <= hotBodyLengthMax && writing.outcome !== null && !isRunningOut(writing)
      ? [{ writing, write: { lease, batch, savedSeq: writing.savedSeq } }]
      : [],
  );
  const outcomes = writes.length > 0 ? await hot.write(writes.map(({ write }) => write)) : [];
  const stored = new Set<Writing>();
  writes.forEach(({ writing }, index) => {
    const outcome = outcomes[index];
    if (outcome === "stored" || outcome === "stopping") stored.add(writing);
    if (outcome === "stopping") writing.outcome &&= "stopping";
    if (outcome === "fenced") writing.outcome = null;
  });
  return stored;
}

function isRunningOut({ renewedAt }: Writing): boolean {
  return performance.now() - renewedAt > leaseMs - leaseMarginMs;
}

async function failureOf(promise: Promise<void>): Promise<unknown> {
  return promise.then(
    () => null,
    (error: unknown) => error,
  );
}
