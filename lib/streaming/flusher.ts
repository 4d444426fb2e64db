import type { Log } from "@/lib/diagnostics/log";
import type { Bus } from "@/lib/events/bus";
import { type Numbered, packBatch } from "./batch";
import { type Chunk, isContent } from "./chunk";
import type { Append, AppendOutcome, ChunkLog } from "./chunk-log";
import { beatMs, type Lease, leaseMs } from "./generation";
import type { Tail } from "./tail";

/** Why a writer may not go on. */
export type WriterHalt =
  /** Somebody asked for the answer to stop. */
  | "stop"
  /** Another process holds the lease, or the row has ended: write nothing more. */
  | "fenced"
  /** The log could not be reached until the lease was nearly out. */
  | "log-lost"
  /** This process, or the function in which it writes the answer, is about to end. */
  | "shutdown";

/** Puts the chunks of one generation into its tail at once and into the log in batches. */
export interface Writer {
  push(chunk: Chunk): void;
  setUpstreamId(id: string): void;
  /**
   * Settles what is on its way, for as long as a lease at most, and gives the chunks that are not stored yet: the
   * ending stores them.
   */
  close(): Promise<readonly Numbered[]>;
}

export interface Flusher {
  open(lease: Lease, tail: Tail, halt: (reason: WriterHalt) => void): Writer;
}

interface WriterState {
  lease: Lease;
  tail: Tail;
  halt: (reason: WriterHalt) => void;
  pending: Numbered[];
  // An append whose outcome is not known is sent again unchanged, so that it can be told from a new one.
  unsettled: Append | null;
  upstreamId: string | null;
  hasToken: boolean;
  isUpstreamIdStored: boolean;
  isHalted: boolean;
  isGivenUp: boolean;
  renewedAt: number;
}

// With one statement's time on top, what a `kill -9` loses stays below 120 ms of text.
const flushIntervalMs = 60;
const retryIntervalMs = 500;
// Upstream must be closed before another process may take the lease.
const leaseMarginMs = 3_000;
const watchMs = 500;

/** One statement for all the generations of this process that have something to store. */
export function createFlusher({ chunkLog, bus, log }: { chunkLog: ChunkLog; bus: Bus; log: Log }): Flusher {
  const writers = new Set<WriterState>();
  let timer: NodeJS.Timeout | undefined;
  let beat: NodeJS.Timeout | undefined;
  let watch: NodeJS.Timeout | undefined;
  let flushing: Promise<void> | null = null;

  function schedule(delayMs: number) {
    if (timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      void flush();
    }, delayMs);
  }

  function flush(): Promise<void> {
    flushing ??= flushOnce().finally(() => {
      flushing = null;
      if (
        [...writers].some((writer) => !writer.isHalted && (writer.unsettled || writer.pending.length > 0))
      ) {
        schedule([...writers].some((writer) => writer.unsettled) ? retryIntervalMs : flushIntervalMs);
      }
    });
    return flushing;
  }

  async function flushOnce() {
    const now = performance.now();
    const due = [...writers].flatMap((writer) => {
      const append = writer.isHalted ? null : (writer.unsettled ?? nextAppend(writer, now));
      return append ? [{ writer, append }] : [];
    });
    if (due.length === 0) return;
    for (const { writer, append } of due) writer.unsettled = append;
    let outcomes: ReadonlyMap<string, AppendOutcome>;
    try {
      outcomes = await chunkLog.append(due.map(({ append }) => append));
    } catch (error) {
      log.warn({ error, generations: due.length }, "log append failed");
      return;
    }
    for (const { writer, append } of due)
      settle(writer, append, outcomes.get(append.lease.generationId), now);
  }

  function settle(writer: WriterState, append: Append, outcome: AppendOutcome | undefined, sentAt: number) {
    writer.unsettled = null;
    if (outcome === undefined) {
      writer.isHalted = true;
      writer.halt("fenced");
      return;
    }
    writer.renewedAt = sentAt;
    if (append.upstreamId !== null) writer.isUpstreamIdStored = true;
    if (append.batch) {
      writer.tail.release(append.batch.toSeq);
      bus.publish(`generation:${append.lease.generationId}`);
    }
    if (outcome === "stopping") writer.halt("stop");
  }

  /**
   * Nothing more is asked of the model; what it has said is stored once that can be done, if nobody else was faster.
   * Whether appends fail or hang: the time runs out all the same.
   */
  function giveUpLate() {
    const now = performance.now();
    for (const writer of writers) {
      if (writer.isHalted || writer.isGivenUp || now - writer.renewedAt <= leaseMs - leaseMarginMs) continue;
      writer.isGivenUp = true;
      writer.halt("log-lost");
    }
  }

  return {
    open(lease, tail, halt) {
      const writer: WriterState = {
        lease,
        tail,
        halt,
        pending: [],
        unsettled: null,
        upstreamId: null,
        hasToken: false,
        isUpstreamIdStored: false,
        isHalted: false,
        isGivenUp: false,
        renewedAt: performance.now(),
      };
      writers.add(writer);
      beat ??= setInterval(() => void flush(), beatMs);
      watch ??= setInterval(giveUpLate, watchMs);
      return {
        push(chunk) {
          const { seq } = tail.push(chunk);
          writer.pending.push({ seq, chunk });
          if (isContent(chunk)) writer.hasToken = true;
          schedule(flushIntervalMs);
        },
        setUpstreamId(id) {
          writer.upstreamId = id;
          schedule(flushIntervalMs);
        },
        async close() {
          if (flushing) await flushing;
          const deadline = performance.now() + leaseMs;
          while (writer.unsettled && !writer.isHalted && performance.now() < deadline) {
            await new Promise((resolve) => setTimeout(resolve, retryIntervalMs));
            await flush();
          }
          writers.delete(writer);
          if (writers.size === 0) {
            clearInterval(beat);
            clearInterval(watch);
            beat = undefined;
            watch = undefined;
          }
          return writer.pending;
        },
      };
    },
  };
}

function nextAppend(writer: WriterState, now: number): Append | null {
  const hasNews = writer.pending.length > 0 || (writer.upstreamId !== null && !writer.isUpstreamIdStored);
  if (!hasNews && now - writer.renewedAt < beatMs * 0.9) return null;
  const batch = writer.pending.length > 0 ? packBatch(writer.pending) : null;
  writer.pending = [];
  return {
    lease: writer.lease,
    batch,
    upstreamId: writer.isUpstreamIdStored ? null : writer.upstreamId,
    hasToken: writer.hasToken,
  };
}
