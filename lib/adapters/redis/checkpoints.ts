import type { Log } from "@/lib/diagnostics/log";
import { type Batch, packBatch, unpackBatch } from "@/lib/streaming/batch";
import type { Append, AppendOutcome, ChunkLog } from "@/lib/streaming/chunk-log";
import { type Lease, leaseMs } from "@/lib/streaming/generation";
import { within } from "./within";

/** What this process writes under one lease. */
export interface Writing {
  readonly lease: Lease;
  /** What PostgreSQL is not known to have, in order. */
  readonly unsaved: Batch[];
  savedSeq: number;
  /** What the row said last; `null` once the lease is lost. */
  outcome: AppendOutcome | null;
  /** When the statement left that renewed the lease. */
  renewedAt: number;
}

/** Carries what is written into PostgreSQL: now and then by itself, or when asked to. */
export interface Checkpoints {
  /** Keeps the append in memory until PostgreSQL has it. One that was gathered before changes nothing. */
  gather(append: Append): Writing;
  /**
   * Resolves once PostgreSQL has all that was gathered before the call, in one statement for all
   * writings. Rejects when it is not known to have it; what is gathered stays gathered.
   */
  save(): Promise<void>;
  /** Saves what is left of one writing, before its answer ends. */
  settle(lease: Lease): Promise<void>;
  forget(lease: Lease): void;
  /** Ends the saving by itself. */
  close(): void;
}

interface Held extends Writing {
  /** `null` until there is something to write. */
  gatheredSeq: number | null;
  upstreamId: string | null;
  hasToken: boolean;
  isRenewalDue: boolean;
  // A statement whose outcome is not known is sent again unchanged, so that PostgreSQL can tell it from a new one.
  sent: { append: Append; batches: number } | null;
}

const statementMsMax = 5_000;
// By then its lease is somebody else's, and the attempts to store its ending are over.
const keptMs = 2 * leaseMs;

export function createCheckpoints({
  durable,
  log,
  everyMs,
}: {
  durable: ChunkLog;
  log: Log;
  everyMs: number;
}): Checkpoints {
  const writings = new Map<string, Held>();
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  function save(): Promise<void> {
    if (!running) {
      running = saveOnce().finally(() => {
        running = null;
      });
      return running;
    }
    // What is under way may have left without what was gathered last.
    next ??= running
      .catch(() => {})
      .then(() => {
        next = null;
        return save();
      });
    return next;
  }

  async function saveOnce() {
    const sentAt = performance.now();
    const due: { writing: Held; sent: NonNullable<Held["sent"]>; isRepeated: boolean }[] = [];
    for (const [key, writing] of writings) {
      const isRepeated = writing.sent !== null;
      const sent = writing.outcome === null ? null : toSend(writing);
      if (sent) due.push({ writing, sent, isRepeated });
      else if (sentAt - writing.renewedAt > keptMs) writings.delete(key);
    }
    if (due.length === 0) return;
    const outcomes = await within(durable.append(due.map(({ sent }) => sent.append)), statementMsMax);
    for (const { writing, sent } of due) {
      writing.sent = null;
      // Redis may have told meanwhile that the lease is lost: that is final.
      writing.outcome &&= outcomes.get(writing.lease.generationId) ?? null;
      if (writing.outcome === null) continue;
      writing.renewedAt = sentAt;
      writing.unsaved.splice(0, sent.batches);
      if (sent.append.batch) writing.savedSeq = sent.append.batch.toSeq;
    }
    // What was gathered since waits behind a statement that had to be sent again.
    if (due.some(({ writing, isRepeated }) => isRepeated && isDue(writing))) await saveOnce();
  }

  function schedule() {
    if (isClosed) return;
    timer ??= setTimeout(async () => {
      await save().catch((error: unknown) => log.warn({ error }, "checkpoint failed"));
      timer = undefined;
      if ([...writings.values()].some(isUnsaved)) schedule();
    }, everyMs);
  }

  return {
    gather({ lease, batch, upstreamId, hasToken }) {
      const key = keyOf(lease);
      const writing = writings.get(key) ?? begin(lease);
      writings.set(key, writing);
      if (hasToken) writing.hasToken = true;
      if (upstreamId !== null) writing.upstreamId = upstreamId;
      if (batch) gatherBatch(writing, batch);
      else writing.isRenewalDue = true;
      if (isUnsaved(writing)) schedule();
      return writing;
    },
    save,
    async settle(lease) {
      const writing = writings.get(keyOf(lease));
      while (writing && isUnsaved(writing)) await save();
    },
    forget(lease) {
      writings.delete(keyOf(lease));
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}

/** Several that follow each other, as one. */
export function joinBatches(batches: readonly Batch[]): Batch | null {
  const [first] = batches;
  return first && batches.length > 1 ? packBatch(batches.flatMap(unpackBatch)) : (first ?? null);
}

function begin(lease: Lease): Held {
  return {
    lease,
    unsaved: [],
    savedSeq: 0,
    gatheredSeq: null,
    outcome: "streaming",
    renewedAt: performance.now(),
    upstreamId: null,
    hasToken: false,
    isRenewalDue: false,
    sent: null,
  };
}

function gatherBatch(writing: Held, batch: Batch) {
  // Whoever begins to write has just read from the row where it stands.
  if (writing.gatheredSeq === null) writing.savedSeq = batch.fromSeq - 1;
  const gatheredSeq = writing.gatheredSeq ?? writing.savedSeq;
  if (batch.toSeq <= gatheredSeq) return;
  if (batch.fromSeq !== gatheredSeq + 1) {
    // PostgreSQL, too, takes what leaves a gap for another writer's.
    writing.outcome = null;
    return;
  }
  writing.unsaved.push(batch);
  writing.gatheredSeq = batch.toSeq;
}

function toSend(writing: Held): Held["sent"] {
  if (writing.sent) return writing.sent;
  if (!isDue(writing)) return null;
  const { lease, unsaved, upstreamId, hasToken } = writing;
  writing.sent = {
    append: { lease, batch: joinBatches(unsaved), upstreamId, hasToken },
    batches: unsaved.length,
  };
  writing.upstreamId = null;
  writing.isRenewalDue = false;
  return writing.sent;
}

function isDue({ unsaved, isRenewalDue }: Held): boolean {
  return unsaved.length > 0 || isRenewalDue;
}

function isUnsaved({ outcome, unsaved, sent }: Held): boolean {
  return outcome !== null && (sent !== null || unsaved.length > 0);
}

function keyOf({ generationId, epoch }: Lease): string {
  return `${generationId} ${epoch}`;
}
