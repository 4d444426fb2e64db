import { expect, test, vi } from "vitest";
import { append, reading, takeOver, words, wordsAfter } from "@/lib/streaming/testing/chunk-log-suite";
import { patience, setUpRedisOverPostgres } from "./testing/redis-fixture";

// So that PostgreSQL has only what had to go there.
const never = 60_000;

const { openProcess, lone, answering, breakable } = setUpRedisOverPostgres();

test("a writer that dies with text in Redis alone leaves it to the taker, even if the first taker dies as well", async () => {
  const { process, writer, database, id } = await answering({ checkpointMs: never });
  await writer.say(30);
  process.kill();
  expect(await reading(database, id, 0)).toEqual([]);

  const { durable, breakWith } = breakable();
  const first = await openProcess({ durable });
  breakWith("before");
  await expect(first.store.takeOver("first", "all")).rejects.toThrow("broken");
  first.kill();
  const second = await openProcess();
  expect(await takeOver(second)).toMatchObject([{ epoch: 3, lastSeq: 30 }]);
  expect(await reading(database, id, 0)).toEqual(wordsAfter(0, 30));
});

test("text in a Redis that the taker could not reach is not mixed into what came instead", async () => {
  const { reader, next, database, generationId } = await takenWithoutRedis();
  await database.chunkLog.append([append({ generationId, epoch: 2 }, words(1, 5))]);
  await vi.waitFor(
    async () => expect(await reading(reader, generationId, 1)).toEqual(wordsAfter(1, 5)),
    patience,
  );
  await next.chunkLog.append([append({ generationId, epoch: 2 }, words(6, 7))]);
  for (const after of [0, 5])
    expect(await reading(reader, generationId, after)).toEqual(wordsAfter(after, 7));
});

test("text in a Redis that the taker could not reach is not taken up by the next one", async () => {
  const { reader, next, database, generationId } = await takenWithoutRedis();
  await database.chunkLog.append([append({ generationId, epoch: 2 }, words(1, 5))]);
  expect(await takeOver(next)).toMatchObject([{ epoch: 3, lastSeq: 5 }]);
  await next.chunkLog.append([append({ generationId, epoch: 3 }, words(6, 7))]);
  expect(await reading(reader, generationId, 0)).toEqual(wordsAfter(0, 7));
});

/** An answer of which Redis has more than the taker knew of, who took it over without Redis. */
async function takenWithoutRedis() {
  const { process, lease, database } = await lone({ checkpointMs: never });
  await process.chunkLog.append([append(lease, words(1, 5, "never seen"))]);
  await process.chunkLog.append([append(lease, words(6, 9, "never seen"))]);
  process.kill();
  await takeOver(database);
  const [reader, next] = [await openProcess(), await openProcess({ checkpointMs: never })];
  return { reader, next, database, generationId: lease.generationId };
}
