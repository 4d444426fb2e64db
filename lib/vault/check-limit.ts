import { AppError } from "@/lib/errors/app-error";
import type { Attempts, limitedAttempts } from "./attempts";

const windowMs = 60_000;
const checksMax = 20;

export interface CheckLimit {
  /** Throws `rate_limited` beyond 20 checks a minute. */
  take(userId: string): Promise<void>;
}

/** How often a person may have keys or servers checked: whoever tries many tries stolen ones, or looks around. */
export function createCheckLimit({
  isOn,
  attempts,
  what,
}: {
  isOn: boolean;
  attempts: Attempts;
  what: (typeof limitedAttempts)[number];
}): CheckLimit {
  return {
    async take(userId) {
      if (!isOn) return;
      const { count, msLeft } = await attempts.count(userId, what, windowMs);
      if (count > checksMax)
        throw new AppError("rate_limited", `too many a ${what}`, { retryAfterMs: msLeft });
    },
  };
}
