import { expect, test } from "vitest";
import { createId } from "@/lib/chats/id";
import { type Batch, packBatch, unpackBatch } from "@/lib/streaming/batch";
import type { Append, ChunkLog } from "@/lib/streaming/chunk-log";
import type { Abandoned, Ending, Generation, Lease } from "@/lib/streaming/generation";
import type { GenerationStore } from "@/lib/streaming/generation-store";

/** What one process has of the log. */
export interface LogProcess {
  chunkLog: ChunkLog;
  store: GenerationStore;
}

/** What every engine guarantees. `open` gives another process on the same data, where the person `ada` exists. */
export function testChunkLog(open: () => Promise<LogProcess>): void {
  test("what was appended is read in order from any position, by every process", async () => {
    const [writer, reader] = [await open(), await open()];
    const lease = await start(writer);
    for (const [from, to] of [
      [1, 3],
      [4, 4],
      [5, 40],
      [41, 42],
    ] as const)
      await writer.chunkLog.append([append(lease, words(from, to))]);
    for (let after = 0; after <= 42; after++) {
      for (const process of [writer, reader])
        expect(await reading(process, lease.generationId, after)).toEqual(wordsAfter(after, 42));
    }
  });

  test("an append that comes again changes nothing", async () => {
    const writer = await open();
    const lease = await start(writer);
    const first = append(lease, words(1, 5));
    const second = append(lease, words(6, 9));
    for (const due of [first, first, second, second]) {
      expect(await writer.chunkLog.append([due])).toEqual(new Map([[lease.generationId, "streaming"]]));
    }
    expect(await reading(await open(), lease.generationId, 0)).toEqual(wordsAfter(0, 9));
  });

  test("what would leave a gap is refused", async () => {
    const writer = await open();
    const lease = await start(writer);
    await writer.chunkLog.append([append(lease, words(1, 5))]);
    expect(await writer.chunkLog.append([append(lease, words(7, 9))])).toEqual(new Map());
    expect(await reading(await open(), lease.generationId, 0)).toEqual(wordsAfter(0, 5));
  });

  test("generations of one append keep to themselves, and one that is fenced holds up no other", async () => {
    const [writer, taker] = [await open(), await open()];
    const fenced = await start(writer);
    await takeOver(taker);
    const leases = await Promise.all(Array.from({ length: 50 }, () => start(writer)));
    for (const [from, to] of [
      [1, 2],
      [3, 3],
    ] as const) {
      const due = [fenced, ...leases].map((lease) => append(lease, words(from, to, lease.generationId)));
      const outcomes = await writer.chunkLog.append(due);
      expect([...outcomes.keys()].sort()).toEqual(leases.map(({ generationId }) => generationId).sort());
    }
    for (const { generationId } of leases)
      expect(await reading(taker, generationId, 1)).toEqual(wordsAfter(1, 3, generationId));
    expect(await taker.chunkLog.read(fenced.generationId, 0)).toEqual([]);
  });

  test("a writer whose answer was taken over stores nothing more, neither text nor an ending", async () => {
    const [zombie, taker] = [await open(), await open()];
    const lease = await start(zombie);
    await zombie.chunkLog.append([append(lease, words(1, 5))]);
    await takeOver(taker);
    expect(await zombie.chunkLog.append([append(lease, words(6, 7))])).toEqual(new Map());
    expect(await zombie.chunkLog.append([append(lease, null)])).toEqual(new Map());
    expect(await zombie.store.end(lease, completed, [], words(6, 6))).toBe(false);
    expect(await reading(taker, lease.generationId, 0)).toEqual(wordsAfter(0, 5));
  });

  test("a taker finds all that was written, goes on after it, and may be taken over itself", async () => {
    const first = await open();
    const { generationId } = await start(first);
    let writer = first;
    for (const epoch of [1, 2, 3]) {
      const from = epoch * 10 - 9;
      for (const seq of [from, from + 5])
        await writer.chunkLog.append([append({ generationId, epoch }, words(seq, seq + 4))]);
      const taker = await open();
      const [taken] = await takeOver(taker);
      expect(taken).toMatchObject({ id: generationId, epoch: epoch + 1, lastSeq: from + 9 });
      expect(await reading(taker, generationId, 0)).toEqual(wordsAfter(0, from + 9));
      writer = taker;
    }
    expect(await writer.store.end({ generationId, epoch: 4 }, completed, [], words(31, 31))).toBe(true);
    expect(await reading(first, generationId, 8)).toEqual(wordsAfter(8, 31));
  });

  test("an answer that is handed over goes on elsewhere at once, after all its text", async () => {
    const [old, taker] = [await open(), await open()];
    const { generationId, epoch } = await start(old);
    await old.chunkLog.append([append({ generationId, epoch }, words(1, 4))]);
    await old.chunkLog.append([append({ generationId, epoch }, words(5, 6))]);
    await old.store.handOver({ generationId, epoch }, unpackBatch(words(7, 9)));
    expect(await taker.store.takeOver("taker", "expired")).toMatchObject([{ epoch: 2, lastSeq: 9 }]);
    await taker.chunkLog.append([append({ generationId, epoch: 2 }, words(10, 12))]);
    expect(await reading(await open(), generationId, 0)).toEqual(wordsAfter(0, 12));
  });

  test("an answer that is written again from its beginning shows nothing of the first attempt", async () => {
    const [dead, taker] = [await open(), await open()];
    const { generationId } = await start(dead);
    await dead.chunkLog.append([append({ generationId, epoch: 1 }, words(1, 8))]);
    await takeOver(taker);
    const lease = { generationId, epoch: 2 };
    await taker.store.clearLog(lease);
    expect(await reading(await open(), generationId, 0)).toEqual([]);
    await taker.chunkLog.append([append(lease, words(9, 12))]);
    await taker.store.end(lease, completed, [], words(13, 13));
    expect(await reading(await open(), generationId, 0)).toEqual(wordsAfter(8, 13));
  });

  test("who has nothing to write renews its lease, and hears of a stop by that", async () => {
    const [writer, other] = [await open(), await open()];
    const { lease, chatId } = await begin(writer);
    const renew = async () => (await writer.chunkLog.append([append(lease, null)])).get(lease.generationId);
    expect(await renew()).toBe("streaming");
    await writer.chunkLog.append([append(lease, words(1, 5))]);
    await other.store.requestStop("ada", chatId, lease.generationId);
    expect(await renew()).toBe("stopping");
    expect(await other.store.takeOver("other", "expired")).toEqual([]);
  });

  test("an answer ends only with all its text, and its row says how far it goes", async () => {
    const [writer, reader] = [await open(), await open()];
    const lease = await start(writer);
    for (const seq of [1, 2, 3]) await writer.chunkLog.append([append(lease, words(seq, seq))]);
    expect(await writer.store.end(lease, completed, [], words(4, 6))).toBe(true);
    expect(await writer.store.end(lease, completed, [], words(4, 6))).toBe(true);
    expect(await reader.store.get(lease.generationId)).toMatchObject({ status: "completed", lastSeq: 6 });
    for (const after of [0, 2, 5])
      expect(await reading(reader, lease.generationId, after)).toEqual(wordsAfter(after, 6));
  });

  test("readers who follow while it is written miss nothing and see nothing twice", async () => {
    const writer = await open();
    const lease = await start(writer);
    const wanted = wordsAfter(0, 300);
    const following = Array.from({ length: 3 }, async () => {
      const reader = await open();
      const read: [number, string][] = [];
      while (read.length < wanted.length)
        read.push(...(await reading(reader, lease.generationId, read.at(-1)?.[0] ?? 0)));
      return read;
    });
    for (let seq = 1; seq <= 300; seq += 2)
      await writer.chunkLog.append([append(lease, words(seq, seq + 1))]);
    for (const read of await Promise.all(following)) expect(read).toEqual(wanted);
  });

  test("a megabyte in one batch, and any Unicode, is read as it was written", async () => {
    const writer = await open();
    const lease = await start(writer);
    const said = ["👩‍🚀", "\ud83d", "\ude80", "\0", "\u2028\r\n\t\\\"'", "مرحبا", "x".repeat(1_000_000), ""];
    const chunks = said.map((delta, index) => ({
      seq: index + 1,
      chunk: { type: "text-delta" as const, id: "t", delta },
    }));
    await writer.chunkLog.append([append(lease, packBatch(chunks))]);
    const isWhole = async () => {
      const read = await reading(await open(), lease.generationId, 0);
      return said.every((delta, index) => read[index]?.[0] === index + 1 && read[index][1] === delta);
    };
    expect(await isWhole()).toBe(true);
    await writer.store.end(lease, completed, [], words(said.length + 1, said.length + 1));
    expect(await isWhole()).toBe(true);
  });

  test("the log of an answer that has ended is forgotten in time, one that is being written is not", async () => {
    const writer = await open();
    const [ended, active] = [await start(writer), await start(writer)];
    for (const lease of [ended, active]) await writer.chunkLog.append([append(lease, words(1, 2))]);
    await writer.store.end(ended, completed, [], words(3, 3));
    await writer.chunkLog.dropEnded(-1_000);
    expect(await reading(await open(), ended.generationId, 0)).toEqual([]);
    expect(await reading(await open(), active.generationId, 0)).toEqual(wordsAfter(0, 2));
  });
}

export const completed: Ending = {
  status: "completed",
  usage: null,
  costMicros: null,
  bill: null,
  error: null,
  cutReason: null,
  seams: [],
};

export async function begin({ store }: LogProcess): Promise<{ lease: Lease; chatId: string }> {
  const id = createId();
  const started = await store.start({
    id,
    userId: "ada",
    chatId: createId(),
    requestId: createId(),
    kind: "send",
    model: "scripted/model",
    route: { provider: "scripted", payer: "installation", credentialId: null },
    settings: {},
    prompt: null,
    metadata: {},
    holdMicros: 0,
    owner: "writer",
    messageId: createId(),
    parentId: "question",
    question: { id: "question", parentId: null, parts: [{ type: "text", text: "Hello" }] },
    chat: { title: null, model: null, settings: {}, deletions: 0 },
  });
  if (started.outcome !== "started") throw new Error(`the generation is ${started.outcome}`);
  const { epoch, chatId }: Generation = started.generation;
  return { lease: { generationId: id, epoch }, chatId };
}

async function start(process: LogProcess): Promise<Lease> {
  return (await begin(process)).lease;
}

/** Takes over whatever is being written. A row that its writer holds in this moment is left out at first. */
export async function takeOver({ store }: LogProcess): Promise<Abandoned[]> {
  for (;;) {
    const taken = await store.takeOver("taker", "all");
    if (taken.length > 0) return taken;
  }
}

export function append(lease: Lease, batch: Batch | null): Append {
  return { lease, batch, upstreamId: null, hasToken: batch !== null };
}

/** A batch whose chunks each say their own number. */
export function words(fromSeq: number, toSeq: number, suffix = ""): Batch {
  const seqs = Array.from({ length: toSeq - fromSeq + 1 }, (_, index) => fromSeq + index);
  return packBatch(
    seqs.map((seq) => ({ seq, chunk: { type: "text-delta", id: "t", delta: `${seq} ${suffix}` } })),
  );
}

export function wordsAfter(afterSeq: number, lastSeq: number, suffix = ""): [number, string][] {
  const seqs = Array.from({ length: lastSeq - afterSeq }, (_, index) => afterSeq + 1 + index);
  return seqs.map((seq) => [seq, `${seq} ${suffix}`]);
}

/** What a reader at `afterSeq` is given. */
export async function reading(
  { chunkLog }: LogProcess,
  generationId: string,
  afterSeq: number,
): Promise<[number, string][]> {
  return (await chunkLog.read(generationId, afterSeq))
    .flatMap(unpackBatch)
    .filter(({ seq }) => seq > afterSeq)
    .map(({ seq, chunk }) => [seq, chunk.type === "text-delta" ? chunk.delta : chunk.type]);
}
