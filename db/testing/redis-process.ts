import { onTestFinished } from "vitest";
import { createChunkLog } from "@/db/chunk-log";
import type { Db } from "@/db/client";
import { createGenerationStore } from "@/db/generation-store";
// biome-ignore lint/style/noRestrictedImports: Redis passes the suite of the engines, over a real database.
import { isReadyWithin, openRedis } from "@/lib/adapters/redis/open-redis";
// biome-ignore lint/style/noRestrictedImports: as above.
import { createRedisLog } from "@/lib/adapters/redis/redis-chunk-log";
import { type Log, silentLog } from "@/lib/diagnostics/log";
import type { ChunkLog } from "@/lib/streaming/chunk-log";
import type { LogProcess } from "@/lib/streaming/testing/chunk-log-suite";

// biome-ignore lint/style/noRestrictedImports: as above.
export { type RedisServer, startRedisServer } from "@/lib/adapters/redis/testing/redis-server";

export interface RedisProcess extends LogProcess {
  /** Resolves once Redis has been reached. */
  up(): Promise<void>;
  /** Makes Redis lose the text of an answer and nothing else, as it does when it is out of memory. */
  evict(generationId: string): Promise<void>;
  /** Ends as `kill -9` ends it: nothing more is stored. */
  kill(): void;
}

/** What one process has that writes to Redis and checkpoints to `db`, until the test is over. */
export function openRedisProcess(
  url: string,
  db: Db,
  {
    checkpointMs,
    durable = createChunkLog(db),
    log = silentLog,
  }: { checkpointMs?: number; durable?: ChunkLog; log?: Log } = {},
): RedisProcess {
  const redis = openRedis({ url, name: "test", log });
  const { chunkLog, store, close } = createRedisLog({
    redis,
    durable,
    store: createGenerationStore(db),
    log,
    checkpointMs,
  });
  const kill = () => {
    close();
    redis.disconnect();
  };
  onTestFinished(kill);
  return {
    chunkLog,
    store,
    kill,
    async evict(generationId) {
      await redis.del(`parley:{${generationId}}:tail`);
    },
    async up() {
      if (!(await isReadyWithin(redis, 5_000))) throw new Error("Redis was not reached");
    },
  };
}
