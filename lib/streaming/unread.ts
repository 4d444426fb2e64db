import type { Log } from "@/lib/diagnostics/log";
import type { GenerationStore } from "./generation-store";
import type { Producers } from "./producers";
import type { Readers } from "./readers";

// Stopped somewhat late, never early: that much later than `afterMs` at most.
const lookMsMax = 30_000;

/** Stops what nobody reads, on any instance: each notes in the rows what is read there, and judges what it writes itself. */
export interface Unread {
  /** The readers, who are noted from now on. */
  readers: Readers;
  everyMs: number;
  /** To be called every `everyMs`. Two statements at most, none where nothing is read or written. */
  look(): Promise<void>;
}

export function createUnread({
  store,
  readers,
  producers,
  log,
  owner,
  afterMs,
}: {
  store: GenerationStore;
  readers: Readers;
  producers: Producers;
  log: Log;
  owner: string;
  afterMs: number;
}): Unread {
  // Whoever was here at any time since the last look: or else the time would begin before they have left.
  const read = new Set<string>();

  return {
    readers: {
      ...readers,
      add(generation) {
        const { id } = generation;
        const remove = readers.add(generation);
        // The writer elsewhere may look before we do.
        if (!read.has(id) && !producers.tailOf(id)) {
          store
            .noteRead([id])
            .catch((error) => log.warn({ error, generationId: id }, "a reader was not noted"));
        }
        read.add(id);
        return remove;
      },
    },

    everyMs: Math.min(afterMs / 4, lookMsMax),

    async look() {
      const noted = [...read];
      if (noted.length > 0) await store.noteRead(noted);
      for (const id of noted) if (readers.count(id) === 0) read.delete(id);
      if (!producers.isWriting()) return;
      for (const lease of await store.stopUnread(owner, afterMs)) {
        log.info({ ...lease }, "nobody reads: generation stopped");
        producers.halt(lease);
      }
    },
  };
}
