import type { BetterAuthRateLimitStorage } from "better-auth";

/**
 * Rules by the path below /api/auth, for each client address. They let a school class behind
 * one address come in, and leave a guesser some 6,000 passwords a day.
 */
export const authRateLimits = {
  "/sign-in/email": { window: 300, max: 20 },
  "/sign-up/email": { window: 600, max: 30 },
  "/sign-in/anonymous": { window: 600, max: 30 },
  "/change-password": { window: 300, max: 20 },
  "/verify-password": { window: 300, max: 20 },
  "/delete-user": { window: 300, max: 20 },
  // Asked on every page and at every change of tabs; it tells nothing without the cookie.
  "/get-session": false,
} as const;

/** One attacker with a million networks must not fill the memory: some 10 MB. */
const keysMax = 50_000;

/**
 * Counts in fixed windows, in memory. Better Auth's own store starts a window anew only after a
 * quiet one, so an office behind one address that signs in now and then would end up refused.
 */
export function createRateLimitStore(clock: () => number = Date.now): BetterAuthRateLimitStorage {
  const counts = new Map<string, { endsAt: number; requests: number }>();

  function forget(now: number): void {
    for (const [key, { endsAt }] of counts) if (endsAt <= now) counts.delete(key);
    for (const key of counts.keys()) {
      if (counts.size <= keysMax / 2) return;
      counts.delete(key);
    }
  }

  return {
    consume: async (key, { window, max }) => {
      const now = clock();
      const counted = counts.get(key);
      const current =
        counted && now < counted.endsAt ? counted : { endsAt: now + window * 1000, requests: 0 };
      if (current.requests >= max) {
        return { allowed: false, retryAfter: Math.ceil((current.endsAt - now) / 1000) };
      }
      counts.set(key, { endsAt: current.endsAt, requests: current.requests + 1 });
      if (counts.size > keysMax) forget(now);
      return { allowed: true, retryAfter: null };
    },
  };
}
