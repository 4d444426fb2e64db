import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { EventLog } from "@/lib/events/event-log";
import { userEventSchema } from "@/lib/events/user-event";
import type { Db } from "./client";
import { rows } from "./rows";

const eventRow = z
  .object({ seq: z.coerce.number(), type: z.string(), payload: z.record(z.string(), z.unknown()) })
  .transform(({ seq, type, payload }) => ({ seq, event: userEventSchema.parse({ type, ...payload }) }));

const seqRow = z.object({ seq: z.coerce.number() });

export function createEventLog(db: Db): EventLog {
  return {
    async lastSeq(userId) {
      const [found] = await rows(
        db,
        seqRow,
        sql`select seq from user_event_counter where user_id = ${userId}`,
      );
      return found?.seq ?? 0;
    },

    async after(userId, seq, limit) {
      const found = await rows(
        db,
        eventRow,
        sql`
          select seq, type, payload from user_event
          where user_id = ${userId} and seq > ${seq} order by seq limit ${limit}`,
      );
      const first = found[0]?.seq ?? (await this.lastSeq(userId)) + 1;
      return first === seq + 1 ? found : null;
    },

    async dropOlder(ageMs) {
      await db.execute(
        sql`delete from user_event where created_at < now() - ${`${ageMs} milliseconds`}::interval`,
      );
    },
  };
}

/**
 * The tail of a `with` list that tells of a change: `source` is a relation with a `user_id` in each row,
 * `payload` is an SQL expression over its columns. Nothing is told when the source has no row. Counters are
 * taken in one order, so that two statements never wait for each other.
 */
export function telling(source: SQL, type: string, payload: SQL): SQL {
  return sql`
    counted as (
      insert into user_event_counter as counter (user_id, seq)
      select user_id, count(*) from ${source} as source group by user_id order by user_id
      on conflict (user_id) do update set seq = counter.seq + excluded.seq
      returning user_id, seq
    ), told as (
      insert into user_event (user_id, seq, type, payload)
      select source.user_id, counted.seq + 1 - row_number() over (partition by source.user_id), ${type}, ${payload}
      from counted join ${source} as source on source.user_id = counted.user_id
    )`;
}
