import type { Log } from "@/lib/diagnostics/log";

// A session that is ended must not be read from for more than 5 s, on a busy machine either.
const checkMs = 3_000;

export interface SessionWatch {
  /** Calls `end` soon after the session was signed out, revoked or has expired. Gives the function that stops watching. */
  add(sessionId: string, end: () => void): () => void;
}

/** Asks for all sessions with open streams at once. `aliveOf` gives those that are still good. */
export function createSessionWatch({
  aliveOf,
  log,
}: {
  aliveOf: (sessionIds: readonly string[]) => Promise<ReadonlySet<string>>;
  log: Log;
}): SessionWatch {
  const watched = new Map<string, Set<() => void>>();
  let timer: NodeJS.Timeout | undefined;

  async function check() {
    try {
      // Those that come during the question are not in its answer.
      const asked = [...watched.keys()];
      const alive = await aliveOf(asked);
      for (const sessionId of asked) {
        if (!alive.has(sessionId)) for (const end of watched.get(sessionId) ?? []) end();
      }
    } catch (error) {
      // A database that is down signs nobody out.
      log.warn({ error }, "sessions could not be checked");
    }
    schedule();
  }

  function schedule() {
    timer = watched.size > 0 ? setTimeout(() => void check(), checkMs) : undefined;
    timer?.unref();
  }

  return {
    add(sessionId, end) {
      const ends = watched.get(sessionId) ?? new Set();
      watched.set(sessionId, ends.add(end));
      if (!timer) schedule();
      return () => {
        ends.delete(end);
        if (ends.size === 0) watched.delete(sessionId);
      };
    },
  };
}
