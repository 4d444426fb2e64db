import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { silentLog } from "@/lib/diagnostics/log";
import { createLocalBus } from "@/lib/events/local-bus";
import { unpackBatch } from "./batch";
import type { Append, AppendOutcome, ChunkLog } from "./chunk-log";
import { createFlusher, type WriterHalt } from "./flusher";
import { createTail } from "./tail";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test("what all generations have to store goes in one statement", async () => {
  const log = fakeLog();
  const flusher = createFlusher({ chunkLog: log, bus: createLocalBus(), log: silentLog });
  for (const id of ["a", "b", "c"]) {
    const { writer } = open(flusher, id);
    writer.push(text("x"));
    writer.push(text("y"));
  }
  await vi.advanceTimersByTimeAsync(60);
  expect(log.statements).toHaveLength(1);
  expect(log.statements[0]?.map(({ lease, batch }) => [lease.generationId, batch?.toSeq])).toEqual([
    ["a", 2],
    ["b", 2],
    ["c", 2],
  ]);
});

test("an append whose outcome is not known is sent again unchanged, and what came since goes after it", async () => {
  const log = fakeLog();
  const { writer } = open(createFlusher({ chunkLog: log, bus: createLocalBus(), log: silentLog }), "a");
  log.fail = true;
  writer.push(text("1"));
  await vi.advanceTimersByTimeAsync(60);
  writer.push(text("2"));
  log.fail = false;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(log.statements.map(([append]) => append?.batch)).toMatchObject([
    { fromSeq: 1, toSeq: 1 },
    { fromSeq: 1, toSeq: 1 },
    { fromSeq: 2, toSeq: 2 },
  ]);
  expect(log.statements[1]).toEqual(log.statements[0]);
});

test("a silent generation renews its lease by a beat", async () => {
  const log = fakeLog();
  open(createFlusher({ chunkLog: log, bus: createLocalBus(), log: silentLog }), "a");
  await vi.advanceTimersByTimeAsync(15_000);
  expect(log.statements.map(([append]) => append?.batch)).toEqual([null, null, null]);
});

test("a stop is seen without any bus, with the next append", async () => {
  const log = fakeLog();
  const { writer, halts } = open(
    createFlusher({ chunkLog: log, bus: createLocalBus(), log: silentLog }),
    "a",
  );
  log.outcome = "stopping";
  writer.push(text("1"));
  await vi.advanceTimersByTimeAsync(60);
  expect(halts).toEqual(["stop"]);
});

test("who has lost the lease is told so and writes no more", async () => {
  const log = fakeLog();
  const { writer, halts } = open(
    createFlusher({ chunkLog: log, bus: createLocalBus(), log: silentLog }),
    "a",
  );
  log.outcome = null;
  writer.push(text("1"));
  await vi.advanceTimersByTimeAsync(60);
  expect(halts).toEqual(["fenced"]);
  writer.push(text("2"));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(log.statements).toHaveLength(1);
});

test("a log that stays out of reach is given up before the lease runs out", async () => {
  const log = fakeLog();
  const { writer, halts } = open(
    createFlusher({ chunkLog: log, bus: createLocalBus(), log: silentLog }),
    "a",
  );
  log.fail = true;
  writer.push(text("1"));
  await vi.advanceTimersByTimeAsync(11_000);
  expect(halts).toEqual([]);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(halts).toEqual(["log-lost"]);
});

test("a log that does not answer at all is given up in the same time", async () => {
  const log = { ...fakeLog(), append: () => new Promise<never>(() => {}) };
  const { writer, halts } = open(
    createFlusher({ chunkLog: log, bus: createLocalBus(), log: silentLog }),
    "a",
  );
  writer.push(text("1"));
  await vi.advanceTimersByTimeAsync(11_000);
  expect(halts).toEqual([]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(halts).toEqual(["log-lost"]);
});

test("what was written before the log was given up is stored when it is back", async () => {
  const log = fakeLog();
  const { writer } = open(createFlusher({ chunkLog: log, bus: createLocalBus(), log: silentLog }), "a");
  log.fail = true;
  writer.push(text("1"));
  await vi.advanceTimersByTimeAsync(14_000);
  writer.push(text("2"));
  const closing = writer.close();
  await vi.advanceTimersByTimeAsync(5_000);
  const failed = log.statements.length;
  log.fail = false;
  await vi.advanceTimersByTimeAsync(1_000);
  const rest = await closing;
  const stored = log.statements
    .slice(failed)
    .flatMap(([append]) => (append?.batch ? unpackBatch(append.batch) : []));
  expect([...stored, ...rest].map(({ seq }) => seq)).toEqual([1, 2]);
});

test("closing waits for what is on its way and gives the rest", async () => {
  const log = fakeLog();
  const { writer } = open(createFlusher({ chunkLog: log, bus: createLocalBus(), log: silentLog }), "a");
  log.fail = true;
  writer.push(text("1"));
  await vi.advanceTimersByTimeAsync(60);
  writer.push(text("2"));
  const closing = writer.close();
  log.fail = false;
  await vi.advanceTimersByTimeAsync(2_000);
  const rest = await closing;
  const stored = log.statements.flatMap(([append]) => (append?.batch ? unpackBatch(append.batch) : []));
  expect([...stored.slice(1), ...rest].map(({ seq }) => seq)).toEqual([1, 2]);
});

function fakeLog() {
  const log = {
    statements: [] as (readonly Append[])[],
    fail: false,
    outcome: "streaming" as AppendOutcome | null,
    async append(appends: readonly Append[]) {
      log.statements.push(appends);
      if (log.fail) throw new Error("connection refused");
      const { outcome } = log;
      return new Map(outcome ? appends.map(({ lease }) => [lease.generationId, outcome]) : []);
    },
    read: async () => [],
    dropEnded: async () => {},
  };
  return log satisfies ChunkLog & Record<string, unknown>;
}

function open(flusher: ReturnType<typeof createFlusher>, generationId: string) {
  const halts: WriterHalt[] = [];
  const writer = flusher.open({ generationId, epoch: 1 }, createTail(1, 0), (reason) => halts.push(reason));
  return { writer, halts };
}

function text(delta: string) {
  return { type: "text-delta", id: "t", delta } as const;
}
