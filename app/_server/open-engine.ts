import { createChunkLog } from "@/db/chunk-log";
import type { Db } from "@/db/client";
import { createGenerationStore } from "@/db/generation-store";
import { createPostgresBus } from "@/db/postgres-bus";
import { openRedis } from "@/lib/adapters/redis/open-redis";
import { createRedisBus } from "@/lib/adapters/redis/redis-bus";
import { createRedisLog } from "@/lib/adapters/redis/redis-chunk-log";
import type { Env } from "@/lib/config/env";
import type { Log } from "@/lib/diagnostics/log";
import type { Bus } from "@/lib/events/bus";
import { createLocalBus } from "@/lib/events/local-bus";

/** Where answers are logged, and what wakes their readers: the embedded database, PostgreSQL, or PostgreSQL with Redis in front. */
export async function openEngine({
  db,
  env,
  log,
}: {
  db: Db;
  env: Pick<Env, "database" | "redis">;
  log: Log;
}) {
  const durable = { chunkLog: createChunkLog(db), store: createGenerationStore(db) };
  const remoteBus = await openRemoteBus(env, log);
  const bus = remoteBus ?? createLocalBus();
  // Where wake-ups arrive, polling is only for one that was lost.
  const pollMs = remoteBus || !env.database ? 2_000 : 300;

  if (!env.redis || !env.database) return { ...durable, bus, pollMs, close: () => bus.close() };
  const redis = openRedis({ url: env.redis.url, name: "log", log });
  const hot = createRedisLog({ redis, durable: durable.chunkLog, store: durable.store, log });
  return {
    chunkLog: hot.chunkLog,
    store: hot.store,
    bus,
    pollMs,
    async close() {
      await hot.close();
      await bus.close();
      redis.disconnect();
    },
  };
}

async function openRemoteBus(
  { database, redis }: Pick<Env, "database" | "redis">,
  log: Log,
): Promise<Bus | null> {
  if (!database) return null;
  if (redis) return createRedisBus({ url: redis.url, log });
  return database.listen ? createPostgresBus({ url: database.url, log }) : null;
}
