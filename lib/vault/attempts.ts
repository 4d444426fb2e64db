export const limitedAttempts = ["key-check", "endpoint-check", "summary"] as const;

/** What people try, counted in windows that all processes share. */
export interface Attempts {
  /** Counts one more; with it the window begins where there is none. */
  count(
    userId: string,
    what: (typeof limitedAttempts)[number],
    windowMs: number,
  ): Promise<{ count: number; msLeft: number }>;
}
