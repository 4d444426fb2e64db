/** One person's summaries are written one after another in a process: what each has cost is known before the next begins. */
export interface SummaryTurns {
  /** Waits for those that are being written for the person. */
  take<T>(userId: string, write: () => Promise<T>): Promise<T>;
}

export function createSummaryTurns(): SummaryTurns {
  const taken = new Map<string, Promise<unknown>>();

  return {
    async take(userId, write) {
      const before = taken.get(userId) ?? Promise.resolve();
      const turn = before.then(write);
      const over = turn.catch(() => {}); // Whoever took the turn is told.
      taken.set(userId, over);
      try {
        return await turn;
      } finally {
        if (taken.get(userId) === over) taken.delete(userId);
      }
    },
  };
}
