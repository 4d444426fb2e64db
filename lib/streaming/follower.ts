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
import type { Mirrors } from "./mirrors";
import type { Tail } from "./tail";

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
  mirrors,
  messageOf,
  endsAbandoned,
  closing,
}: {
  chunkLog: ChunkLog;
  store: GenerationStore;
  tailOf: (generationId: string) => Tail | undefined;
  mirrors: Mirrors;
  /** For a generation whose log was dropped: the message it wrote. */
  messageOf: (generation: Generation) => Promise<Message | null>;
  /** Whether readers are sent away when their writer is gone: who comes back takes the answer up. */
  endsAbandoned: boolean;
  /** Ends every reader when the process is about to end. */
  closing: AbortSignal;
}): Follower {
  return {
    async *follow(generation, after, signal) {
      const isResumed = after !== null && after.epoch === generation.epoch;
      let position = isResumed ? after.seq : 0;
      let isReplay = !isResumed;
      let row = generation;
      let tail: Tail | undefined;
      let mirror: ReturnType<Mirrors["hold"]> | undefined;
      const leaving = Promise.withResolvers<void>();
      const leave = () => leaving.resolve();
      const hasLeft = () => signal.aborted || closing.aborted;
      if (hasLeft()) return;
      signal.addEventListener("abort", leave);
      closing.addEventListener("abort", leave);

      try {
        while (!hasLeft()) {
          const own = tailOf(generation.id);
          if (!own && !mirror && isActive(row.status) && !tail) mirror = mirrors.hold(row);
          tail = own ?? tail ?? mirror?.tail;
          // Taken before looking: a chunk pushed in between would wake nobody.
          const changed = tail?.changed();
          const wasEnded = tail?.isEnded ?? false;
          const entries = await read();
          if (hasLeft()) return;

          const last = entries.at(-1);
          // The answer is written again from its beginning: this reader has to come back for a replay.
          if (position > 0 && entries[0]?.chunk.type === "start") return;
          if (last) {
            position = last.seq;
            isReplay = false;
            yield entries;
            if (isTerminal(last.chunk)) return;
          } else if (changed && !wasEnded) {
            await Promise.race([changed, leaving.promise]);
          } else {
            const now = await store.get(generation.id);
            if (!now) return;
            if (endsAbandoned && now.isAbandoned && isActive(now.status) && !tailOf(now.id)) return;
            if (!isActive(now.status) && position >= now.lastSeq) return;
            if (!isActive(now.status)) throw new AppError("gone", "the log after this cursor was dropped");
            // The writer has changed: the next look finds it here, or holds the mirror of another process.
            mirror?.release();
            mirror = undefined;
            tail = undefined;
            row = now;
          }
        }
      } finally {
        mirror?.release();
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
        return numbered.map(({ seq, chunk }) => createEntry(row.epoch, seq, chunk));
      }

      async function replayOfMessage(): Promise<Numbered[]> {
        const ended = await store.get(generation.id);
        if (!ended || isActive(ended.status)) return [];
        const message = await messageOf(ended);
        if (!message) throw new AppError("gone", "the answer's message is gone");
        const chunks = [startOf(ended), ...chunksOf(message.parts), endOf(message)];
        return chunks.map((chunk, index) => ({
          seq: index === chunks.length - 1 ? ended.lastSeq : Math.min(index + 1, ended.lastSeq),
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
