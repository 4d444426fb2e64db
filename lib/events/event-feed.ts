import type { Bus } from "./bus";
import type { EventLog } from "./event-log";
import type { NumberedEvent } from "./user-event";

const pageSize = 200;

export interface EventFeed {
  /**
   * A person's events after the one with the number `after`, then live. Where some of them were
   * dropped, `resync` stands in their place. Ends when `signal` aborts or the process is about to end.
   */
  follow(userId: string, after: number, signal: AbortSignal): AsyncIterable<readonly NumberedEvent[]>;
}

/** `pollMs` is the longest that goes by between two looks at the log. */
export function createEventFeed({
  eventLog,
  bus,
  pollMs,
  closing,
}: {
  eventLog: EventLog;
  bus: Bus;
  pollMs: number;
  closing: AbortSignal;
}): EventFeed {
  return {
    async *follow(userId, after, signal) {
      let woken = Promise.withResolvers<void>();
      const wake = () => woken.resolve();
      const unsubscribe = bus.subscribe(`user:${userId}`, wake);
      signal.addEventListener("abort", wake);
      closing.addEventListener("abort", wake);
      const hasLeft = () => signal.aborted || closing.aborted;
      try {
        let position = after;
        while (!hasLeft()) {
          // Renewed before looking: an event told in between would wake nobody.
          woken = Promise.withResolvers();
          const events = await eventLog.after(userId, position, pageSize);
          if (hasLeft()) return;
          const page = events ?? [
            { seq: await eventLog.lastSeq(userId), event: { type: "resync" } as const },
          ];
          const last = page.at(-1);
          if (last) {
            position = last.seq;
            yield page;
            continue;
          }
          const timer = setTimeout(wake, pollMs);
          await woken.promise;
          clearTimeout(timer);
        }
      } finally {
        unsubscribe();
        signal.removeEventListener("abort", wake);
        closing.removeEventListener("abort", wake);
      }
    },
  };
}
