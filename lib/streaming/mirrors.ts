import type { Log } from "@/lib/diagnostics/log";
import type { Bus } from "@/lib/events/bus";
import { unpackBatch } from "./batch";
import { isTerminal } from "./chunk";
import type { ChunkLog } from "./chunk-log";
import { type Generation, isActive } from "./generation";
import type { GenerationStore } from "./generation-store";
import { createTail, type Tail } from "./tail";

/** Tails of answers that another process writes: one reads the log for all readers here. */
export interface Mirrors {
  /**
   * The tail begins where `generation` stood when it was read, and ends with its epoch. `release` when it is
   * no longer followed.
   */
  hold(generation: Generation): { tail: Tail; release(): void };
}

interface Mirror {
  tail: Tail;
  holders: number;
  wake(): void;
}

/** `pollMs` is the longest that goes by between two looks at the log. */
export function createMirrors(parts: {
  store: GenerationStore;
  chunkLog: ChunkLog;
  bus: Bus;
  log: Log;
  pollMs: number;
}): Mirrors {
  const mirrors = new Map<string, Mirror>();

  return {
    hold(generation) {
      const key = `${generation.id} ${generation.epoch}`;
      const mirror = mirrors.get(key) ?? open(key, generation);
      mirror.holders++;
      let isHeld = true;
      return {
        tail: mirror.tail,
        release() {
          if (!isHeld) return;
          isHeld = false;
          if (--mirror.holders === 0) mirror.wake();
        },
      };
    },
  };

  function open(key: string, generation: Generation): Mirror {
    let woken = Promise.withResolvers<void>();
    const wake = () => {
      woken.resolve();
      woken = Promise.withResolvers<void>();
    };
    const mirror: Mirror = { tail: createTail(generation.epoch, generation.lastSeq), holders: 0, wake };
    mirrors.set(key, mirror);
    const unsubscribe = parts.bus.subscribe(`generation:${generation.id}`, wake);
    void reflect(parts, generation, mirror, () => woken.promise).finally(() => {
      unsubscribe();
      mirrors.delete(key);
      mirror.tail.end();
    });
    return mirror;
  }
}

async function reflect(
  { store, chunkLog, log, pollMs }: Parameters<typeof createMirrors>[0],
  { id, epoch }: Generation,
  mirror: Mirror,
  woken: () => Promise<void>,
): Promise<void> {
  const { tail } = mirror;
  do {
    // Taken before looking: a wake-up in between would be lost.
    const wake = woken();
    try {
      const batches = await chunkLog.read(id, tail.lastSeq);
      const own = batches.filter((batch) => batch.epoch <= epoch);
      const before = tail.lastSeq;
      for (const batch of own) {
        for (const { seq, chunk } of unpackBatch(batch))
          if (seq > tail.lastSeq) tail.push(chunk, batch.epoch);
      }
      tail.release(tail.lastSeq);
      const last = tail.after(before)?.at(-1);
      if (own.length < batches.length || (last && isTerminal(last.chunk))) return;
      if (!last) {
        const row = await store.get(id);
        if (row?.epoch !== epoch || !isActive(row.status)) return;
      }
    } catch (error) {
      log.warn({ error, generationId: id }, "an answer written elsewhere could not be read");
    }
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, pollMs);
    });
    await Promise.race([wake, late]);
    clearTimeout(timer);
  } while (mirror.holders > 0);
}
