import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Attempts } from "@/lib/vault/attempts";
import type { Db } from "./client";
import { rows } from "./rows";

const countedRow = z
  .object({ count: z.number(), ms_left: z.coerce.number() })
  .transform((row) => ({ count: row.count, msLeft: Math.max(0, Math.ceil(row.ms_left)) }));

// Counting on for ever would be an overflow at last.
const countMax = 1_000_000;

export function createAttempts(db: Db): Attempts {
  return {
    async count(userId, what, windowMs) {
      const [counted] = await rows(
        db,
        countedRow,
        sql`
          insert into attempts as known (user_id, what, count, ends_at)
          values (${userId}, ${what}, 1, now() + ${`${windowMs} milliseconds`}::interval)
          on conflict (user_id, what) do update set
            count = case when known.ends_at > now() then least(known.count + 1, ${countMax}) else 1 end,
            ends_at = case when known.ends_at > now() then known.ends_at else excluded.ends_at end
          returning count, extract(epoch from ends_at - now()) * 1000 as ms_left`,
      );
      if (!counted) throw new RangeError("an insert gave no row");
      return counted;
    },
  };
}
