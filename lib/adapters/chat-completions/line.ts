import { timeoutError } from "./provider-error";

export type Line = ReturnType<typeof openLine>;

/**
 * One connection to a provider under the caller's signal and under deadlines of ours.
 * `line.signal` goes with every request and every read of it; `close` is owed.
 */
export function openLine(provider: string, signal: AbortSignal) {
  const upstream = new AbortController();
  const hangUp = () => upstream.abort();
  let timer: NodeJS.Timeout | undefined;
  let timerMs = 0;
  let isWaiting = false;
  let stalledMs: number | null = null;
  signal.addEventListener("abort", hangUp, { once: true });

  /** Only waiting counts: while a slow consumer holds what has arrived, the time runs out in vain. */
  function runOut(): void {
    if (!isWaiting) {
      timer?.refresh();
      return;
    }
    stalledMs = timerMs;
    hangUp();
  }

  return {
    signal: upstream.signal,
    hangUp,

    /** From now on something must come forward within so long. */
    expectWithin(ms: number): void {
      if (timer !== undefined && ms === timerMs) {
        timer.refresh();
        return;
      }
      clearTimeout(timer);
      timerMs = ms;
      timer = setTimeout(runOut, ms);
    },

    /** Rejects with the signal's reason after an abort, with `provider_timeout` after a stall. */
    async wait<T>(promise: Promise<T>): Promise<T> {
      isWaiting = true;
      try {
        return await promise;
      } catch (error) {
        signal.throwIfAborted();
        if (stalledMs !== null) throw timeoutError(provider, stalledMs);
        throw error;
      } finally {
        isWaiting = false;
      }
    },

    /** Ends the deadlines and lets go of the signal; the connection itself stays. */
    close(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", hangUp);
    },
  };
}
