import { createHash } from "node:crypto";
import type { Redis } from "ioredis";
import { z } from "zod";
import type { Log } from "@/lib/diagnostics/log";
import type { Batch } from "@/lib/streaming/batch";
import type { LoggedBatch } from "@/lib/streaming/chunk-log";
import { type Lease, leaseMs } from "@/lib/streaming/generation";
import { isReadyWithin, reasonOf } from "./open-redis";

export interface HotWrite {
  lease: Lease;
  batch: Batch;
  /** The last sequence number that PostgreSQL has. */
  savedSeq: number;
}

export type HotOutcome =
  | "stored"
  /** Stored, and somebody has asked for the answer to stop. */
  | "stopping"
  /** A later epoch has been here. */
  | "fenced"
  /** Something before it is missing here, or Redis could not be asked. */
  | "refused";

/** The newest batches of the answers that are being written, in Redis: what PostgreSQL does not have yet. */
export interface HotTail {
  readonly isUp: boolean;
  /** One round trip for all. Never rejects; the outcomes are in the order of the writes. */
  write(writes: readonly HotWrite[]): Promise<HotOutcome[]>;
  /** Batches that hold anything after `afterSeq`, without gaps. Never rejects: none where Redis does not answer. */
  read(generationId: string, afterSeq: number): Promise<LoggedBatch[]>;
  /** Fences all writers of older epochs and gives what the last of them left after `lastSeq`. Never rejects. */
  raise(taken: readonly { lease: Lease; lastSeq: number }[]): Promise<Batch[][]>;
  /** Tells the writer with its next write what its row says already. Never rejects. */
  stop(generationId: string): Promise<void>;
  /** Lets go of batches that PostgreSQL has; the fence stays. Never rejects. */
  drop(generationIds: readonly string[]): Promise<void>;
}

// A taker comes within a lease and a sweep; later nobody needs the tail.
const keptMs = 4 * leaseMs;
// A writer writes until 3 s before its lease is out. Within 2 s of a write nobody else can have become
// the writer, so nothing that was read here can turn out to be a fenced writer's.
const freshMs = 2_000;
// Better a takeover that waits for the connection than one that leaves out what people have read.
const raiseWaitMs = 1_000;

// A script runs alone on the server: so many answers take it about a millisecond.
const callsMax = 100;

const now = "local t = redis.call('time') local now = t[1] * 1000 + math.floor(t[2] / 1000)";

// The id of an entry is the last sequence number that it holds.
const write = script(`
  local epoch, from, to, saved = tonumber(args[1]), tonumber(args[2]), tonumber(args[3]), tonumber(args[4])
  local was = redis.call('hmget', head, 'epoch', 'last', 'stopping')
  local held, last = tonumber(was[1] or 0), tonumber(was[2] or 0)
  if held > epoch then return 'fenced' end
  if held < epoch or not was[2] then
    redis.call('del', tail)
    last = 0
  end
  if last < saved then last = saved end
  if to > last then
    if from ~= last + 1 then return 'refused' end
    redis.call('xadd', tail, to .. '-0', 'from', from, 'body', args[5])
    last = to
  end
  redis.call('xtrim', tail, 'minid', saved + 1)
  ${now}
  redis.call('hset', head, 'epoch', epoch, 'last', last, 'at', now)
  redis.call('pexpire', head, ${keptMs})
  redis.call('pexpire', tail, ${keptMs})
  return was[3] and 'stopping' or 'stored'`);

const read = script(`
  local was = redis.call('hmget', head, 'epoch', 'at')
  ${now}
  if now - tonumber(was[2] or 0) > ${freshMs} then return {0, {}} end
  return {tonumber(was[1]), redis.call('xrange', tail, '(' .. args[1], '+')}`);

// Only what the last epoch wrote may be taken: whoever came after an older one did without it.
const raise = script(`
  local epoch = tonumber(args[1])
  local held = tonumber(redis.call('hget', head, 'epoch') or 0)
  if held > epoch then return {} end
  redis.call('hdel', head, 'last', 'at')
  redis.call('hset', head, 'epoch', epoch)
  redis.call('pexpire', head, ${keptMs})
  if held < epoch - 1 then
    redis.call('del', tail)
    return {}
  end
  redis.call('pexpire', tail, ${keptMs})
  return redis.call('xrange', tail, '(' .. args[2], '+')`);

const stop = script(`
  if redis.call('exists', head) == 1 then redis.call('hset', head, 'stopping', 1) end
  return 'told'`);

const drop = script("return redis.call('del', tail)");

const outcomeSchema = z.enum(["stored", "stopping", "fenced", "refused"]);

const entriesSchema = z.array(
  z
    .tuple([z.string(), z.tuple([z.literal("from"), z.coerce.number(), z.literal("body"), z.string()])])
    .transform(([id, [, fromSeq, , body]]): Batch => ({ fromSeq, toSeq: Number.parseInt(id, 10), body })),
);

const readSchema = z
  .tuple([z.number(), entriesSchema])
  .transform(([epoch, batches]): LoggedBatch[] => batches.map((batch) => ({ epoch, ...batch })));

/** Needs Redis 6.2. */
export function createHotTail({ redis, log }: { redis: Redis; log: Log }): HotTail {
  let isFailing = false;

  /** One round trip. The replies that parse, and `null` for the others. */
  async function run<T>(
    { text, sha }: Script,
    calls: readonly { generationId: string; args: readonly (string | number)[] }[],
    schema: z.ZodType<T>,
  ): Promise<(T | null)[]> {
    if (redis.status !== "ready") return calls.map(() => null);
    const pipeline = redis.pipeline();
    const counts: number[] = [];
    for (let from = 0; from < calls.length; from += callsMax) {
      const some = calls.slice(from, from + callsMax);
      const keys = some.flatMap(({ generationId }) => [headKey(generationId), tailKey(generationId)]);
      const args = some.flatMap((call) => call.args);
      // The first brings the script along for all: a server that has been restarted does not know it.
      if (from === 0) pipeline.eval(text, keys.length, ...keys, ...args);
      else pipeline.evalsha(sha, keys.length, ...keys, ...args);
      counts.push(some.length);
    }
    const replies = (await pipeline.exec()) ?? [];
    note(replies.find(([error]) => error)?.[0] ?? null);
    return counts.flatMap((count, index) => {
      const parsed = z.array(z.unknown()).length(count).safeParse(replies[index]?.[1]).data;
      return Array.from({ length: count }, (_, i) => schema.safeParse(parsed?.[i]).data ?? null);
    });
  }

  function note(error: Error | null) {
    if (error && !isFailing) log.warn({ reason: reasonOf(error) }, "redis refuses: the database takes all");
    isFailing = error !== null;
  }

  return {
    get isUp() {
      return redis.status === "ready";
    },
    async write(writes) {
      const calls = writes.map(({ lease, batch, savedSeq }) => ({
        generationId: lease.generationId,
        args: [lease.epoch, batch.fromSeq, batch.toSeq, savedSeq, batch.body],
      }));
      const outcomes = await run(write, calls, outcomeSchema);
      return outcomes.map((outcome) => outcome ?? "refused");
    },
    async read(generationId, afterSeq) {
      const [batches] = await run(read, [{ generationId, args: [afterSeq] }], readSchema);
      return batches ?? [];
    },
    async raise(taken) {
      const calls = taken.map(({ lease, lastSeq }) => ({
        generationId: lease.generationId,
        args: [lease.epoch, lastSeq],
      }));
      let left: (Batch[] | null)[] = [];
      // A connection that had died unnoticed fails with its first command. To raise twice changes nothing.
      for (let attempt = 0; attempt < 2 && (await isReadyWithin(redis, raiseWaitMs)); attempt++) {
        left = await run(raise, calls, entriesSchema);
        if (!left.includes(null)) break;
      }
      return taken.map((_, index) => left[index] ?? []);
    },
    async stop(generationId) {
      await run(stop, [{ generationId, args: [] }], z.unknown());
    },
    async drop(generationIds) {
      const calls = generationIds.map((generationId) => ({ generationId, args: [] }));
      await run(drop, calls, z.unknown());
    },
  };
}

interface Script {
  text: string;
  sha: string;
}

/** `body` is run for each answer, with the keys `head` and `tail` and the answer's `args`. */
function script(body: string): Script {
  const text = `
    local function run(head, tail, args)
      ${body}
    end
    local replies, count = {}, #KEYS / 2
    local width = #ARGV / count
    for i = 1, count do
      local args = {}
      for j = 1, width do args[j] = ARGV[(i - 1) * width + j] end
      replies[i] = run(KEYS[2 * i - 1], KEYS[2 * i], args)
    end
    return replies`;
  return { text, sha: createHash("sha1").update(text).digest("hex") };
}

function headKey(generationId: string): string {
  return `parley:{${generationId}}:head`;
}

function tailKey(generationId: string): string {
  return `parley:{${generationId}}:tail`;
}
