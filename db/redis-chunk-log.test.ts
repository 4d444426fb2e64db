import { sql } from "drizzle-orm";
import { expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { silentLog } from "@/lib/diagnostics/log";
import { createLocalBus } from "@/lib/events/local-bus";
import { createFlusher } from "@/lib/streaming/flusher";
import {
  append,
  begin,
  completed,
  reading,
  takeOver,
  words,
  wordsAfter,
} from "@/lib/streaming/testing/chunk-log-suite";
import { rows } from "./rows";
import { patience, setUpRedisOverPostgres } from "./testing/redis-fixture";
import { createTextWriter, type TextWriter } from "./testing/text-writer";

// So that PostgreSQL has only what had to go there.
const never = 60_000;

const { redis, db, openProcess, lone, answering, stallDatabase, breakable } = setUpRedisOverPostgres();

test("a Redis that is killed in mid-answer costs no word, and is written to again when it is back", async () => {
  const { process, writer, reader, database, id } = await answering({ checkpointMs: never });
  await writer.say(20);
  expect(await reading(database, id, 0)).toEqual([]);

  await redis().kill();
  await writer.say(20, database);
  await redis().start();
  await Promise.all([process.up(), reader.up()]);
  await writer.say(20);
  expect(await reading(database, id, 0)).toEqual(wordsAfter(0, 40));

  expect(await writer.end()).toBe(true);
  for (const process of [reader, database]) expect(await reading(process, id, 0)).toEqual(wordsAfter(0, 61));
});

test("a Redis that was restarted empty between two appends is noticed by the second", async () => {
  const { process, writer, reader, database, id } = await answering({ checkpointMs: never });
  await writer.say(20);
  await redis().kill();
  await redis().start();
  await Promise.all([process.up(), reader.up()]);
  await writer.say(20);
  expect(await reading(database, id, 0)).toEqual(wordsAfter(0, 40));
  await writer.say(20);
  expect(await reading(database, id, 0)).toEqual(wordsAfter(0, 40));
});

test("a Redis that falls silent holds up one append for a moment, and those after it not at all", async () => {
  const { process, lease, database } = await lone({ checkpointMs: never });
  await process.chunkLog.append([append(lease, words(1, 5))]);
  redis().pause();
  onTestFinished(() => redis().resume());
  const waits: number[] = [];
  for (let seq = 6; seq <= 12; seq++)
    waits.push(await elapsed(() => process.chunkLog.append([append(lease, words(seq, seq))])));
  expect(waits[0]).toBeLessThan(3_000);
  // Each would wait for half a second, if it waited.
  expect(Math.min(...waits.slice(1))).toBeLessThan(400);
  expect(await reading(database, lease.generationId, 0)).toEqual(wordsAfter(0, 12));
  redis().resume();
  await process.up();
  await process.chunkLog.append([append(lease, words(13, 14))]);
  expect(await reading(process, lease.generationId, 0)).toEqual(wordsAfter(0, 14));
  expect(await reading(database, lease.generationId, 0)).toEqual(wordsAfter(0, 12));
});

test("while the database stalls text flows on through Redis, and afterwards the database has it", async () => {
  const { writer, database, id } = await answering({ checkpointMs: 20 });
  const { durable, breakWith } = breakable();
  const reader = await openProcess({ durable });
  await writer.say(5, database);
  const stall = await stallDatabase();
  breakWith("before");
  for (let after = 5; after < 45; after += 10) {
    writer.push(10);
    await vi.waitFor(
      async () => expect(await reading(reader, id, after)).toEqual(wordsAfter(after, after + 10)),
      patience,
    );
  }
  await stall.end();
  await vi.waitFor(async () => expect(await reading(database, id, 0)).toEqual(wordsAfter(0, 45)), patience);
  expect(writer.halts).toEqual([]);
});

test("a database that stays stalled ends the writing before the lease is out, and the text is kept", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  onTestFinished(() => void vi.useRealTimers());
  const { process, lease } = await lone({ checkpointMs: 20 });
  const say = (seq: number) => process.chunkLog.append([append(lease, words(seq, seq))]);
  await say(1);
  await process.chunkLog.append([append(lease, null)]);
  const stall = await stallDatabase();
  vi.advanceTimersByTime(11_500);
  expect([...(await say(2)).values()]).toEqual(["streaming"]);
  vi.advanceTimersByTime(1_000);
  expect(await elapsed(async () => expect(await say(3)).toEqual(new Map()))).toBeLessThan(2_500);
  vi.useRealTimers();
  await stall.end();

  const taker = await openProcess();
  expect(await takeOver(taker)).toMatchObject([{ id: lease.generationId, epoch: 2 }]);
  const kept = await reading(taker, lease.generationId, 0);
  expect(kept).toEqual(wordsAfter(0, kept.length));
  expect(kept.length).toBeGreaterThanOrEqual(2);
  expect(await say(4)).toEqual(new Map());
});

test("what neither Redis nor the database took is told to the writer, who sends it again", async () => {
  const { durable, breakWith } = breakable();
  const { process, lease, database } = await lone({ checkpointMs: never, durable });
  await redis().kill();
  breakWith("before");
  const due = append(lease, words(1, 5));
  await expect(process.chunkLog.append([due])).rejects.toThrow("broken");
  await expect(process.chunkLog.append([due])).rejects.toThrow("broken");
  breakWith(null);
  expect([...(await process.chunkLog.append([due])).values()]).toEqual(["streaming"]);
  expect(await reading(database, lease.generationId, 0)).toEqual(wordsAfter(0, 5));
  await redis().start();
});

test("a checkpoint that arrived although its answer was lost is not stored a second time", async () => {
  const { durable, breakWith } = breakable();
  const { writer, database, id } = await answering({ checkpointMs: 20, durable });
  breakWith("after");
  await writer.say(5);
  await vi.waitFor(async () => expect(await reading(database, id, 0)).toEqual(wordsAfter(0, 5)), patience);
  await writer.say(5);
  breakWith(null);
  await writer.say(5);
  expect(await writer.end()).toBe(true);
  expect(await reading(database, id, 0)).toEqual(wordsAfter(0, 16));
});

test("text that came after a lost checkpoint is saved with it at once when Redis goes", async () => {
  const { durable, breakWith } = breakable();
  const { process, lease, database } = await lone({ checkpointMs: never, durable });
  await process.chunkLog.append([append(lease, words(1, 5))]);
  breakWith("after");
  await process.chunkLog.append([append(lease, null)]);
  await process.chunkLog.append([append(lease, words(6, 7))]);
  breakWith(null);
  await redis().kill();
  expect([...(await process.chunkLog.append([append(lease, words(8, 9))])).values()]).toEqual(["streaming"]);
  expect(await reading(database, lease.generationId, 0)).toEqual(wordsAfter(0, 9));
});

test("many appends are one row of the database", async () => {
  const { process, lease, database } = await lone({ checkpointMs: never });
  for (let seq = 1; seq <= 30; seq++) await process.chunkLog.append([append(lease, words(seq, seq))]);
  await process.store.end(lease, completed, [], words(31, 31));
  const batches = await database.chunkLog.read(lease.generationId, 0);
  expect(batches.map(({ fromSeq, toSeq }) => [fromSeq, toSeq])).toEqual([
    [1, 30],
    [31, 31],
  ]);
});

test("text that flows renews the lease", async () => {
  const { writer, id } = await answering({});
  await db().execute(sql`update generation set lease_until = now() + interval '2 seconds'`);
  await writer.say(5);
  const left = z.object({ seconds: z.coerce.number() });
  const query = sql`
      select extract(epoch from lease_until - now()) as seconds from generation where id = ${id}`;
  await vi.waitFor(async () => {
    const [row] = await rows(db(), left, query);
    expect(row?.seconds).toBeGreaterThan(13);
  }, patience);
});

test("a stop asked for elsewhere is heard with the next text", async () => {
  const { writer, reader, chatId, id } = await answering({ checkpointMs: never });
  await writer.say(5);
  await reader.store.requestStop("ada", chatId, id);
  writer.push(1);
  await vi.waitFor(() => expect(writer.halts).toEqual(["stop"]), patience);
});

test("a stop of which only the row knows is heard with the next checkpoint", async () => {
  const { writer, database, chatId, id } = await answering({});
  await writer.say(5);
  await database.store.requestStop("ada", chatId, id);
  await vi.waitFor(
    () => {
      writer.push(1);
      expect(writer.halts).toContain("stop");
    },
    { interval: 20, timeout: 5_000 },
  );
});

test("what Redis has lost for want of memory is late for readers, but leaves no gap", async () => {
  const { process, lease, database } = await lone({ checkpointMs: never });
  const { generationId } = lease;
  await process.chunkLog.append([append(lease, words(1, 5))]);
  await process.evict(generationId);
  await process.chunkLog.append([append(lease, words(6, 9))]);
  expect(await reading(process, generationId, 0)).toEqual([]);
  expect(await process.store.end(lease, completed, [], words(10, 10))).toBe(true);
  expect(await reading(database, generationId, 0)).toEqual(wordsAfter(0, 10));
});

test("twenty answers at once survive whatever fails meanwhile, byte for byte", async () => {
  const { durable, breakWith } = breakable();
  const { process, database } = await lone({ checkpointMs: 30, durable });
  const flusher = createFlusher({ chunkLog: process.chunkLog, bus: createLocalBus(), log: silentLog });
  const writers = await Promise.all(
    Array.from({ length: 20 }, async () =>
      createTextWriter(process.store, flusher, (await begin(process)).lease),
    ),
  );
  const pushing = setInterval(() => {
    for (const writer of writers) writer.push(1);
  }, 5);
  onTestFinished(() => clearInterval(pushing));
  for (let round = 0; round < 3; round++) {
    await redis().kill();
    breakWith("after");
    await passes(writers, 60);
    breakWith(null);
    await redis().start();
    await process.up();
    await passes(writers, 60);
    const stall = await stallDatabase();
    await passes(writers, 30);
    breakWith("before");
    await stall.end();
    await passes(writers, 60);
    breakWith(null);
  }
  clearInterval(pushing);
  expect(await Promise.all(writers.map((writer) => writer.end()))).not.toContain(false);
  for (const writer of writers) {
    expect(writer.halts).toEqual([]);
    expect(await reading(database, writer.id, 0)).toEqual(wordsAfter(0, writer.lastSeq()));
  }
});

/** Resolves when each of them has said so much more. */
async function passes(writers: readonly TextWriter[], count: number) {
  const before = writers.map((writer) => writer.lastSeq());
  await vi.waitFor(
    () => expect(writers.every((writer, i) => writer.lastSeq() > (before[i] ?? 0) + count)).toBe(true),
    { timeout: 10_000, interval: 10 },
  );
}

/** By a clock that no test turns. */
async function elapsed(act: () => Promise<unknown>): Promise<number> {
  const since = process.hrtime.bigint();
  await act();
  return Number(process.hrtime.bigint() - since) / 1e6;
}
