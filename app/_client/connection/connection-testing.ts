import { createConnection } from "./connection";

/** A connection whose page, network and clock a test moves by hand. Timers run when `elapse` says so. */
export function createTestConnection() {
  const listeners = new Set<() => void>();
  const timers = new Map<object, { at: number; run: () => void }>();
  const page = { isVisible: true, isOnline: true };
  const waits: number[] = [];
  let now = 0;

  const connection = createConnection({
    presence: {
      isVisible: () => page.isVisible,
      isOnline: () => page.isOnline,
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    now: () => now,
    setTimer(run, ms) {
      const timer = {};
      timers.set(timer, { at: now + ms, run });
      return () => timers.delete(timer);
    },
    random: () => 0.5,
  });

  return {
    connection,
    waits,
    change(next: Partial<typeof page>): void {
      Object.assign(page, next);
      for (const listener of [...listeners]) listener();
    },
    elapse(ms: number): void {
      now += ms;
      for (const [timer, { at, run }] of [...timers]) {
        if (at > now || !timers.delete(timer)) continue;
        run();
      }
    },
    /** For tests in which only the order counts: pauses are noted and over at once. */
    impatient: {
      ...connection,
      async rest() {},
      async pause(failures: number) {
        waits.push(failures);
      },
    },
  };
}
