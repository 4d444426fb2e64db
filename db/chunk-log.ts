import { sql } from "drizzle-orm";
import { z } from "zod";
import type { ChunkLog, LoggedBatch } from "@/lib/streaming/chunk-log";
import { leaseMs } from "@/lib/streaming/generation";
import type { Db } from "./client";
import { grouped } from "./grouped";
import { rows } from "./rows";

const outcomeRow = z.object({ id: z.string(), status: z.enum(["streaming", "stopping"]) });

interface Asked {
  generationId: string;
  afterSeq: number;
}

const batchRow = z
  .object({ nth: z.number(), epoch: z.number(), from_seq: z.number(), to_seq: z.number(), body: z.string() })
  .transform(({ nth, epoch, from_seq, to_seq, body }) => ({
    nth,
    batch: { epoch, fromSeq: from_seq, toSeq: to_seq, body },
  }));

export function createChunkLog(db: Db): ChunkLog {
  // After a flush elsewhere all who follow its answers here look at the same moment.
  const read = grouped((asked: readonly Asked[]) => readAll(db, asked));

  return {
    async append(appends) {
      const due = appends.map(({ lease, batch, upstreamId, hasToken, writtenIn }) => ({
        id: lease.generationId,
        epoch: lease.epoch,
        from_seq: batch?.fromSeq ?? null,
        to_seq: batch?.toSeq ?? null,
        body: batch?.body ?? null,
        upstream_id: upstreamId,
        has_token: hasToken,
        written_in: writtenIn ?? lease.epoch,
      }));
      // An append that comes again finds `last_seq` where it left it: it changes nothing and is let pass.
      const outcomes = await rows(
        db,
        outcomeRow,
        sql`
          with due as (
            select * from json_to_recordset(${JSON.stringify(due)}::json) as due
              (id text, epoch int, from_seq int, to_seq int, body text, upstream_id text, has_token boolean, written_in int)
          ), answers as (
            select id from generation where id in (select id from due) order by id for no key update
          ), held as (
            update generation set
              last_seq = coalesce(due.to_seq, last_seq),
              lease_until = now() + ${`${leaseMs} milliseconds`}::interval,
              status = case generation.status when 'queued' then 'streaming' else generation.status end,
              upstream_id = coalesce(due.upstream_id, generation.upstream_id),
              first_token_at = coalesce(first_token_at, case when due.has_token then now() end)
            from due join answers on answers.id = due.id
            where generation.id = due.id and generation.epoch = due.epoch
              and generation.status in ('queued', 'streaming', 'stopping')
              and (due.from_seq is null or last_seq in (due.from_seq - 1, due.to_seq))
            returning generation.id, generation.epoch, generation.status
          ), logged as (
            insert into generation_event (generation_id, epoch, from_seq, to_seq, body)
            select due.id, due.written_in, due.from_seq, due.to_seq, due.body
            from due join held on held.id = due.id
            where due.body is not null
            on conflict do nothing
          )
          select id, status from held`,
      );
      return new Map(outcomes.map(({ id, status }) => [id, status]));
    },

    read: (generationId, afterSeq) => read({ generationId, afterSeq }),

    async dropEnded(ageMs) {
      await db.execute(sql`
        delete from generation_event using generation
        where generation.id = generation_event.generation_id
          and generation.finished_at < now() - ${`${ageMs} milliseconds`}::interval`);
    },
  };
}

async function readAll(db: Db, asked: readonly Asked[]): Promise<LoggedBatch[][]> {
  const wanted = asked.map(({ generationId, afterSeq }, nth) => ({ nth, id: generationId, after: afterSeq }));
  const found = await rows(
    db,
    batchRow,
    sql`
      select asked.nth, epoch, from_seq, to_seq, body
      from json_to_recordset(${JSON.stringify(wanted)}::json) as asked (nth int, id text, after int)
      join generation_event on generation_id = asked.id and to_seq > asked.after
      order by from_seq`,
  );
  const batches = asked.map((): LoggedBatch[] => []);
  for (const { nth, batch } of found) batches[nth]?.push(batch);
  return batches;
}
