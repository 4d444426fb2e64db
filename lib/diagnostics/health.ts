import type { Check, Readiness } from "@/lib/api/health";
import { AppError, isAppError } from "@/lib/errors/app-error";
import type { Bus } from "@/lib/events/bus";
import type { ModelProvider } from "@/lib/models/provider";

const deadlineMs = 5_000;
const providerFreshMs = 30_000;

/** What the database must be able to tell about itself. */
export interface DatabaseHealth {
  ping(): Promise<void>;
  pendingMigrations(): Promise<readonly string[]>;
}

export type Health = ReturnType<typeof createHealth>;

/** The provider is asked at most twice a minute: a probe every second must not use up its limits. */
export function createHealth({
  database,
  bus,
  provider,
}: {
  database: DatabaseHealth;
  bus: Pick<Bus, "check">;
  provider: ModelProvider;
}) {
  let providerCheck: { check: Promise<Check>; at: number } | null = null;

  function checkProvider(): Promise<Check> {
    if (!providerCheck || performance.now() - providerCheck.at > providerFreshMs) {
      const check = timed(async () => {
        await provider.check(AbortSignal.timeout(deadlineMs));
        return provider.id;
      });
      providerCheck = { check, at: performance.now() };
    }
    return providerCheck.check;
  }

  return {
    async readiness(): Promise<Readiness> {
      const [ofDatabase, ofMigrations, ofBus, ofProvider] = await Promise.all([
        timed(async () => {
          await database.ping();
          return null;
        }),
        timed(async () => {
          const pending = await database.pendingMigrations();
          if (pending.length > 0)
            throw new AppError("unavailable", `${pending.length} migrations are pending`);
          return null;
        }),
        timed(() => bus.check()),
        checkProvider(),
      ]);
      const isReady = ofDatabase.status === "ok" && ofMigrations.status === "ok";
      return {
        status: isReady ? "ok" : "failed",
        checks: { database: ofDatabase, migrations: ofMigrations, bus: ofBus, provider: ofProvider },
      };
    },
  };
}

async function timed(check: () => Promise<string | null>): Promise<Check> {
  const since = performance.now();
  const elapsed = () => Math.round((performance.now() - since) * 10) / 10;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError("unavailable", "no answer in time")), deadlineMs);
  });
  try {
    const detail = await Promise.race([check(), late]);
    return { status: "ok", latencyMs: elapsed(), detail };
  } catch (error) {
    return { status: "failed", latencyMs: elapsed(), detail: isAppError(error) ? error.type : "unavailable" };
  } finally {
    clearTimeout(timer);
  }
}
