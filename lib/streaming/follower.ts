import type { Message } from "@/lib/chats/message";
import { AppError } from "@/lib/errors/app-error";
import { compact, compactBatches, type Numbered, unpackBatch } from "./batch";
import { type Chunk, isTerminal } from "./chunk";
import type { ChunkLog } from "./chunk-log";
import type { Cursor } from "./cursor";
import { createEntry, type Entry } from "./entry";
import { type Generation, isActive } from "./generation";
import type { GenerationStore } from "./generation-store";
import type { Mirrors } from "./mirrors";
import { chunksOf } from "./stored-chunks";
import type { Tail } from "./tail";

// Up to here a replay is as cheap as its compaction, and the encoded frames are shared.
const replayedAsIsMax = 64;

export interface Follower {
  /**
   * The one read path. Yields what comes after `after`, then follows live, and ends with the
   * terminal chunk. Without a cursor, or with one of another epoch, it begins with a compacted
   * replay whose first chunk is `start`. Nothing twice, no gap. It ends without a terminal chunk for a
   * reader who has seen what a dead writer could not store: with the old cursor there is a replay.
   * Aborting `signal` ends this reader only, without an error. Throws `gone` when the log after `after`
   * was dropped, and ends without a terminal chunk when that happens under the reader's eyes.
   */
  follow(generation: Generation, after: Cursor | null, signal: AbortSignal): AsyncIterable<readonly Entry[]>;

  /** Throws the same `gone` before anything is sent. */
  requireKept(generation: Generation, after: Cursor | null): Promise<void>;
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
    async requireKept(generation, after) {
      const isResumed = after !== null && after.epoch === generation.epoch;
      if (!isResumed || isActive(generation.status) || after.seq >= generation.lastSeq) return;
      if (tailOf(generation.id)) return;
      if ((await chunkLog.read(generation.id, after.seq)).length === 0) throw dropped();
    },

    async *follow(generation, after, signal) {
      const isResumed = after !== null && after.epoch === generation.epoch;
      let position = isResumed ? after.seq : 0;
      // Of the newest writer whose text the reader has; the row's own may have written nothing yet.
      let epoch = isResumed ? after.epoch : 0;
      let isReplay = !isResumed;
      let hasYielded = false;
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
          // This process may still be writing what another one has taken over.
          const newest = Math.max(row.epoch, epoch);
          const written = [tailOf(generation.id), tail].find((each) => each && each.epoch >= newest);
          if (!written && !mirror && isActive(row.status)) mirror = mirrors.hold(row);
          tail = written ?? mirror?.tail;
          // Taken before looking: a chunk pushed in between would wake nobody.
          const changed = tail?.changed();
          const wasEnded = tail?.isEnded ?? false;
          const entries = await read();
          const last = entries.at(-1);
          if (hasLeft() || !(await isInStepWith(last?.epoch ?? tail?.epoch ?? row.epoch))) return;
          if (last) {
            epoch = Math.max(epoch, last.epoch);
            position = last.seq;
            isReplay = false;
            hasYielded = true;
            yield entries;
            if (isTerminal(last.chunk)) return;
          } else if (changed && !wasEnded) {
            await Promise.race([changed, leaving.promise]);
          } else {
            const now = await store.get(generation.id);
            if (!now) return;
            if (endsAbandoned && now.isAbandoned && isActive(now.status) && !tailOf(now.id)) return;
            if (!isActive(now.status) && position >= now.lastSeq) return;
            if (!isActive(now.status)) {
              if (hasYielded) return;
              throw dropped();
            }
            // The writer has changed: the next look finds it here, or holds the mirror of another process.
            mirror?.release();
            mirror = undefined;
            tail = undefined;
            row = now;
          }
        }
      } catch (error) {
        // When the process ends, the database may be gone before the reader.
        if (!hasLeft()) throw error;
      } finally {
        mirror?.release();
        signal.removeEventListener("abort", leave);
        closing.removeEventListener("abort", leave);
      }

      /** Whether what a later writer writes goes on where this reader is: it may have seen more than was kept. */
      async function isInStepWith(writer: number): Promise<boolean> {
        if (position === 0 || writer <= epoch) return true;
        const [batch] = await chunkLog.read(generation.id, position - 1);
        return batch !== undefined && batch.fromSeq <= position && batch.epoch <= epoch;
      }

      async function read(): Promise<Entry[]> {
        const live = tail && tail.epoch >= epoch ? tail.after(position) : null;
        if (live && live.length > 0)
          return isReplay && live.length > replayedAsIsMax ? compacted(live) : [...live];
        if (tail && live && !tail.isEnded) return [];
        const batches = await chunkLog.read(generation.id, position);
        const writer = batches.at(-1)?.epoch;
        if (writer !== undefined) {
          if (isReplay) return entriesOf(writer, compactBatches(batches));
          return entriesOf(
            writer,
            batches.flatMap(unpackBatch).filter(({ seq }) => seq > position),
          );
        }
        return isReplay ? replayOfMessage() : [];
      }

      async function replayOfMessage(): Promise<Entry[]> {
        const ended = await store.get(generation.id);
        if (!ended || isActive(ended.status)) return [];
        const message = await messageOf(ended);
        if (!message) throw new AppError("gone", "the answer's message is gone");
        const chunks = [startOf(ended), ...chunksOf(message.parts), endOf(message)];
        const numbered = chunks.map((chunk, index) => ({
          seq: index === chunks.length - 1 ? ended.lastSeq : Math.min(index + 1, ended.lastSeq),
          chunk,
        }));
        return entriesOf(ended.epoch, numbered);
      }
    },
  };
}

function dropped(): AppError {
  return new AppError("gone", "the log after this cursor was dropped");
}

function compacted(entries: readonly Entry[]): Entry[] {
  return entriesOf(entries.at(-1)?.epoch ?? 0, compact(entries));
}

/** Numbered by the writer of the last one: it has kept all that comes before its own. */
function entriesOf(writer: number, numbered: readonly Numbered[]): Entry[] {
  return numbered.map(({ seq, chunk }) => createEntry(writer, seq, chunk));
}

function startOf({ id, messageId, model }: Generation): Chunk {
  return { type: "start", messageId, messageMetadata: { generationId: id, model } };
}

function endOf({ status, error, usage, metadata }: Message): Chunk {
  if (error) return { type: "error", errorText: JSON.stringify(error) };
  if (status === "stopped") return { type: "abort", reason: "stopped" };
  return { type: "finish", finishReason: metadata.finishReason ?? "stop", messageMetadata: { usage } };
}
