import { AppError } from "@/lib/errors/app-error";

const windowMs = 60_000;
const checksMax = 20;
const personsMax = 10_000;

/** How often a person may have keys checked: whoever tries many tries stolen ones. In this process only. */
export function createCheckLimit({
  isOn,
  now = () => performance.now(),
}: {
  isOn: boolean;
  now?: () => number;
}) {
  const checks = new Map<string, number[]>();
  return {
    /** Throws `rate_limited` beyond 20 checks a minute. */
    take(userId: string): void {
      if (!isOn) return;
      const recent = (checks.get(userId) ?? []).filter((at) => now() - at < windowMs);
      checks.delete(userId);
      checks.set(userId, recent);
      const oldest = checks.keys().next();
      if (checks.size > personsMax && !oldest.done) checks.delete(oldest.value);
      const [first = 0] = recent;
      if (recent.length >= checksMax) {
        throw new AppError("rate_limited", "too many keys checked", {
          retryAfterMs: Math.ceil(first + windowMs - now()),
        });
      }
      recent.push(now());
    },
  };
}

export type CheckLimit = ReturnType<typeof createCheckLimit>;
