import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, onTestFinished, vi } from "vitest";
import { createChunkLog } from "@/db/chunk-log";
import type { Db } from "@/db/client";
import { createGenerationStore } from "@/db/generation-store";
import { migrate } from "@/db/migrate";
import { openPostgres } from "@/db/postgres";
import { user } from "@/db/schema/accounts";
import { silentLog } from "@/lib/diagnostics/log";
import { createLocalBus } from "@/lib/events/local-bus";
import type { ChunkLog } from "@/lib/streaming/chunk-log";
import { createFlusher } from "@/lib/streaming/flusher";
import { begin, type LogProcess, reading, wordsAfter } from "@/lib/streaming/testing/chunk-log-suite";
import { createPostgresDatabase } from "./postgres-database";
import { openRedisProcess, type RedisServer, startRedisServer } from "./redis-process";
import { createTextWriter } from "./text-writer";

export interface ProcessOptions {
  checkpointMs?: number;
  durable?: ChunkLog;
}

/** For what is sure to come, on a machine that has much else to do. */
export const patience = 10_000;

/** Gives the tests of a file a Redis to be killed over a PostgreSQL to be stalled. */
export function setUpRedisOverPostgres() {
  let server: RedisServer | null = null;
  let opened: { db: Db } | null = null;

  const redis = () => existing(server);
  const db = () => existing(opened).db;

  beforeAll(async () => {
    const redisServer = await startRedisServer();
    const database = await createPostgresDatabase();
    const postgres = openPostgres({ url: database.url }, silentLog);
    await migrate(postgres);
    server = redisServer;
    opened = postgres;
    return async () => {
      await redisServer.kill();
      await postgres.close();
      await database.drop();
    };
  });

  beforeEach(async () => {
    await redis().start();
    await db().delete(user);
    await db().insert(user).values({ id: "ada", name: "ada", email: "ada@example.org" });
  });

  async function openProcess(options: ProcessOptions = {}) {
    const process = openRedisProcess(redis().url, db(), options);
    await process.up();
    return process;
  }

  /** A process that writes an answer, and what the database alone knows of it. */
  async function lone(options: ProcessOptions) {
    const process = await openProcess(options);
    const database: LogProcess = { chunkLog: createChunkLog(db()), store: createGenerationStore(db()) };
    return { process, database, ...(await begin(process)) };
  }

  return {
    redis,
    db,
    openProcess,
    lone,

    /** The same with a flusher, and with another process that reads along. */
    async answering(options: ProcessOptions) {
      const { process, database, lease, chatId } = await lone(options);
      const reader = await openProcess();
      const flusher = createFlusher({ chunkLog: process.chunkLog, bus: createLocalBus(), log: silentLog });
      const writer = createTextWriter(process.store, flusher, lease);
      /** Resolves once the reader has it, or `by`. */
      const say = async (count: number, by: LogProcess = reader) => {
        writer.push(count);
        await vi.waitFor(
          async () => expect(await reading(by, writer.id, 0)).toEqual(wordsAfter(0, writer.lastSeq())),
          patience,
        );
      };
      return { process, database, reader, writer: { ...writer, say }, chatId, id: writer.id };
    },

    /** Until it ends no row of a generation can be written. */
    async stallDatabase() {
      const [begun, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const holding = db().transaction(async (tx) => {
        await tx.execute(sql`select id from generation for update`);
        begun.resolve();
        await ended.promise;
      });
      await begun.promise;
      const end = async () => {
        ended.resolve();
        await holding;
      };
      onTestFinished(end);
      return { end };
    },

    /** A log that fails before or after it has done what it was told. */
    breakable() {
      const whole = createChunkLog(db());
      let broken: "before" | "after" | null = null;
      const durable: ChunkLog = {
        ...whole,
        async append(appends) {
          if (broken === "before") throw new Error("broken before");
          const outcomes = await whole.append(appends);
          if (broken === "after") throw new Error("broken after");
          return outcomes;
        },
        async read(generationId, afterSeq) {
          if (broken) throw new Error(`broken ${broken}`);
          return whole.read(generationId, afterSeq);
        },
      };
      return {
        durable,
        breakWith(when: typeof broken) {
          broken = when;
        },
      };
    },
  };
}

function existing<T>(value: T | null): T {
  if (value === null) throw new Error("it is there only while tests run");
  return value;
}
