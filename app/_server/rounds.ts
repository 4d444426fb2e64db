import type { Log } from "@/lib/diagnostics/log";

/** Does `work` every `everyMs`, one round at a time; a failed one is told and tried again. Gives the function that ends it. */
export function startRounds(everyMs: number, log: Log, work: () => Promise<void>): () => Promise<void> {
  let working: Promise<void> | null = null;
  const timer = setInterval(() => {
    working ??= work()
      .catch((error) => log.warn({ error }, "a round failed"))
      .finally(() => {
        working = null;
      });
  }, everyMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await working;
  };
}
