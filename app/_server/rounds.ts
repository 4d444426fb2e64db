import type { Log } from "@/lib/diagnostics/log";

export interface Rounds {
  /** Does not wait for the next round. Asked for during one, another follows it. */
  now(): void;
  /** Resolves when the round that is under way has ended; there is no other. */
  end(): Promise<void>;
}

/** Does `work` every `everyMs`, one round at a time; a failed one is told and tried again. */
export function startRounds(everyMs: number, log: Log, work: () => Promise<void>): Rounds {
  let isDue = false;
  let working: Promise<void> | null = null;

  async function goRound() {
    while (isDue) {
      isDue = false;
      await work().catch((error) => log.warn({ error }, "a round failed"));
    }
  }

  function now() {
    isDue = true;
    working ??= goRound().finally(() => {
      working = null;
    });
  }

  const timer = setInterval(() => {
    if (!working) now();
  }, everyMs);
  timer.unref();
  return {
    now,
    async end() {
      clearInterval(timer);
      isDue = false;
      await working;
    },
  };
}
