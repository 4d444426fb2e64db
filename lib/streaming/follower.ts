import type { Message } from "@/lib/chats/message";
import { AppError } from "@/lib/errors/app-error";
import { chunksOf } from "./answer";
import { compact, compactBatches, type Numbered, unpackBatch } from "./batch";
import { type Chunk, isTerminal } from "./chunk";
import type { ChunkLog } from "./chunk-log";
import type { Cursor } from "./cursor";
import { createEntry, type Entry } from "./entry";
import { type Generation, isActive } from "./generation";
import type { GenerationStore } from "./generation-store";
import type { Tail } from "./tail";

// The longest a reader waits for what another process has written.
const pollMs = 300;

// Up to here a replay is as cheap as its compaction, and the encoded frames are shared.
const replayedAsIsMax = 64;

export interface Follower {
  /**
   * The one read path. Yields what comes after `after`, then follows live, and ends with the
   * terminal chunk. Without a cursor, or with one of another epoch, it begins with a compacted
   * replay whose first chunk is `start`. Nothing twice, no gap. Aborting `signal` ends this
   * reader only, without an error. Throws `gone` when the log after `after` was dropped.
   */
  follow(generation: Generation, after: Cursor | null, signal: AbortSignal): AsyncIterable<readonly Entry[]>;
}

export function createFollower({
  chunkLog,
  store,
  tailOf,
  messageOf,
  closing,
}: {
  chunkLog: ChunkLog;
  store: GenerationStore;
  tailOf: (generationId: string) => Tail | undefined;
  /** For a generation whose log was dropped: the message it wrote. */
  messageOf: (generation: Generation) => Promise<Message | null>;
  /** Ends every reader when the process is about to end. */
  closing: AbortSignal;
}): Follower {
  return {
    async *follow(generation, after, signal) {
      const isResumed = after !== null && after.epoch === generation.epoch;
      let position = isResumed ? after.seq : 0;
      let isReplay = !isResumed;
      let tail: Tail | undefined;
      let { epoch } = generation;
      const leaving = Promise.withResolvers<void>();
      const leave = () => leaving.resolve();
      const hasLeft = () => signal.aborted || closing.aborted;
      if (hasLeft()) return;
      signal.addEventListener("abort", leave);
      closing.addEventListener("abort", leave);

      try {
        while (!hasLeft()) {
          tail = tailOf(generation.id) ?? tail;
          // Taken before looking: a chunk pushed in between would wake nobody.
          const changed = tail?.changed();
          const wasEnded = tail?.isEnded ?? false;
          const entries = await read();
          if (hasLeft()) return;

          const last = entries.at(-1);
          if (last) {
            position = last.seq;
            isReplay = false;
            yield entries;
            if (isTerminal(last.chunk)) return;
          } else if (changed && !wasEnded) {
            await Promise.race([changed, leaving.promise]);
          } else {
            const row = await store.get(generation.id);
            if (!row) return;
            epoch = row.epoch;
            if (!isActive(row.status) && position >= row.lastSeq) return;
            if (!isActive(row.status)) throw new AppError("gone", "the log after this cursor was dropped");
            await waitFor(pollMs, leaving.promise);
          }
        }
      } finally {
        signal.removeEventListener("abort", leave);
        closing.removeEventListener("abort", leave);
      }

      async function read(): Promise<Entry[]> {
        const live = tail?.after(position);
        if (live && live.length > 0)
          return isReplay && live.length > replayedAsIsMax ? entriesOf(compact(live)) : [...live];
        if (tail && live && !tail.isEnded) return [];
        const batches = await chunkLog.read(generation.id, position);
        if (batches.length > 0) {
          if (isReplay) return entriesOf(compactBatches(batches));
          return entriesOf(batches.flatMap(unpackBatch).filter(({ seq }) => seq > position));
        }
        return isReplay ? entriesOf(await replayOfMessage()) : [];
      }

      function entriesOf(numbered: readonly Numbered[]): Entry[] {
        return numbered.map(({ seq, chunk }) => createEntry(epoch, seq, chunk));
      }

      async function replayOfMessage(): Promise<Numbered[]> {
        const row = await store.get(generation.id);
        if (!row || isActive(row.status)) return [];
        const message = await messageOf(row);
        if (!message) throw new AppError("gone", "the answer's message is gone");
        const chunks = [startOf(row), ...chunksOf(message.parts), endOf(message)];
        return chunks.map((chunk, index) => ({
          seq: index === chunks.length - 1 ? row.lastSeq : Math.min(index + 1, row.lastSeq),
          chunk,
        }));
      }
    },
  };
}

function startOf({ id, messageId, model }: Generation): Chunk {
  return { type: "start", messageId, messageMetadata: { generationId: id, model } };
}

function endOf({ status, error, usage }: Message): Chunk {
  if (error) return { type: "error", errorText: JSON.stringify(error) };
  if (status === "stopped") return { type: "abort", reason: "stopped" };
  return { type: "finish", finishReason: "stop", messageMetadata: { usage } };
}

async function waitFor(ms: number, leaving: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const elapsed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([elapsed, leaving]);
  clearTimeout(timer);
}
