import { type Answer, createAnswer } from "./answer";
import type { Lease } from "./generation";
import { Halted, type Production, type ProductionTools, produce } from "./produce";
import { watchStops } from "./stop-watch";
import { createTail, type Tail } from "./tail";

/** The answers that this process is writing. */
export interface Producers {
  /** Writes the answer to its end or, where its time is limited, hands it over before; whoever reads it. Never rejects. */
  produce(production: Production): Promise<void>;
  tailOf(generationId: string): Tail | undefined;
  /** What was written so far; `undefined` when the answer is not written here. */
  answerOf(generationId: string): Pick<Answer, "parts" | "textLength"> | undefined;
  /** Resolves when this process writes no more of it; `null` when it is not written here. */
  doneOf(generationId: string): Promise<void> | null;
  /** Resolves when the answer has ended and is stored; `null` when it is not written here. */
  stop(generationId: string): Promise<void> | null;
  /** Stops it if it is written here under this lease. */
  halt(lease: Lease): void;
  isWriting(): boolean;
  /**
   * Lets the answers come to their end for `graceMs`, then hands the rest over to whoever takes them up, and
   * from then on every one that is begun. May be called again, for those that were begun meanwhile.
   */
  drain(graceMs: number): Promise<void>;
}

interface Running {
  tail: Tail;
  answer: Answer;
  abort: AbortController;
  done: Promise<void>;
}

export function createProducers(
  parts: ProductionTools & {
    owner: string;
    /** After so long an answer is handed over; `null` where a process lives as long as its answers. */
    writeMsMax: number | null;
  },
): Producers {
  const running = new Map<string, Running>();
  let isEnding = false;
  const endStopWatch = watchStops({ ...parts, isWriting, halt });

  function isWriting() {
    return running.size > 0;
  }

  function halt({ generationId, epoch }: Lease) {
    const found = running.get(generationId);
    if (found?.tail.epoch === epoch) found.abort.abort(new Halted("stop"));
  }

  return {
    produce(production) {
      const { id, epoch, lastSeq } = production.generation;
      const writing = {
        tail: createTail(epoch, lastSeq),
        answer: createAnswer(),
        abort: new AbortController(),
      };
      const deadline =
        parts.writeMsMax === null
          ? undefined
          : setTimeout(() => writing.abort.abort(new Halted("shutdown")), parts.writeMsMax);
      const done = produce(parts, production, writing)
        .catch((error) => parts.log.error({ error, generationId: id }, "generation left without an ending"))
        .finally(() => {
          clearTimeout(deadline);
          if (running.get(id)?.tail === writing.tail) running.delete(id);
          writing.tail.end();
        });
      running.set(id, { ...writing, done });
      // By a request that was let in before.
      if (isEnding) writing.abort.abort(new Halted("shutdown"));
      return done;
    },
    tailOf: (generationId) => running.get(generationId)?.tail,
    answerOf: (generationId) => running.get(generationId)?.answer,
    doneOf: (generationId) => running.get(generationId)?.done ?? null,
    stop(generationId) {
      const found = running.get(generationId);
      found?.abort.abort(new Halted("stop"));
      return found?.done ?? null;
    },
    halt,
    isWriting,
    async drain(graceMs) {
      const timer = setTimeout(() => {
        isEnding = true;
        for (const { abort } of running.values()) abort.abort(new Halted("shutdown"));
      }, graceMs);
      while (running.size > 0) await Promise.all([...running.values()].map(({ done }) => done));
      clearTimeout(timer);
      isEnding = true;
      endStopWatch();
    },
  };
}
