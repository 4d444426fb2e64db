import type { Chunk } from "./chunk";
import { createEntry, type Entry } from "./entry";

// Readers of this process are a few chunks behind at most; whoever is further back reads the log.
const keptMin = 512;

/**
 * The newest entries of a generation that is written in this process. Readers here see a chunk
 * the moment it is there, before it is durable; they pull, so a slow one holds nothing up and
 * nothing is buffered for it.
 */
export interface Tail {
  readonly epoch: number;
  readonly lastSeq: number;
  readonly isEnded: boolean;
  /** `writer` is the epoch of the text where it is not the tail's own. */
  push(chunk: Chunk, writer?: number): Entry;
  /** Entries after `seq`; `null` when the next one is no longer here but in the log. */
  after(seq: number): readonly Entry[] | null;
  /** Entries up to `seq` are durable: they may be let go. */
  release(seq: number): void;
  /** Resolves at the next `push` or `end`. Take it before looking, or a change in between is missed. */
  changed(): Promise<void>;
  end(): void;
}

export function createTail(epoch: number, lastSeq: number): Tail {
  let entries: Entry[] = [];
  let last = lastSeq;
  let isEnded = false;
  let next = Promise.withResolvers<void>();

  function wake() {
    const waiting = next;
    next = Promise.withResolvers<void>();
    waiting.resolve();
  }

  return {
    epoch,
    get lastSeq() {
      return last;
    },
    get isEnded() {
      return isEnded;
    },
    push(chunk, writer = epoch) {
      const entry = createEntry(writer, ++last, chunk);
      entries.push(entry);
      wake();
      return entry;
    },
    after(seq) {
      if (seq >= last) return [];
      const firstSeq = entries[0]?.seq;
      if (firstSeq === undefined || firstSeq > seq + 1) return null;
      return entries.slice(seq + 1 - firstSeq);
    },
    release(seq) {
      const firstSeq = entries[0]?.seq;
      if (firstSeq === undefined) return;
      const durable = seq - firstSeq + 1;
      const spare = Math.min(durable, entries.length - keptMin);
      // Cutting in steps keeps the cost of a chunk constant.
      if (spare >= keptMin) entries = entries.slice(spare);
    },
    changed: () => next.promise,
    end() {
      isEnded = true;
      wake();
    },
  };
}
