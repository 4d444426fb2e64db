import { beforeEach, describe } from "vitest";
import { user } from "@/db/schema/accounts";
import { testChunkLog } from "@/lib/streaming/testing/chunk-log-suite";
import { createChunkLog } from "./chunk-log";
import { createGenerationStore } from "./generation-store";
import { type Engine, forEachEngine } from "./testing/engines";
import { openRedisProcess } from "./testing/redis-process";

forEachEngine((engine) => {
  beforeEach(async () => {
    await engine.db.insert(user).values({ id: "ada", name: "ada", email: "ada@example.org" });
  });

  testChunkLog(async () => ({
    chunkLog: createChunkLog(engine.db),
    store: createGenerationStore(engine.db),
  }));

  if (engine.name === "postgres") {
    describe("behind Redis, checkpointed all the time", () => {
      testChunkLog(() => openProcess(engine, 5));
    });
    describe("behind Redis, checkpointed only when it has to be", () => {
      testChunkLog(() => openProcess(engine, 60_000));
    });
    describe("behind a Redis that is out of reach", () => {
      testChunkLog(async () => openRedisProcess("redis://127.0.0.1:1", engine.db));
    });
  }
});

async function openProcess({ db }: Engine, checkpointMs: number) {
  const url = process.env.TEST_REDIS_URL;
  if (!url) throw new Error("set TEST_REDIS_URL or run npm test");
  const opened = openRedisProcess(url, db, { checkpointMs });
  await opened.up();
  return opened;
}
