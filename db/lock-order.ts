import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "./client";

/**
 * Part of a `where`: true, once `part` of the same statement has taken its rows.
 *
 * Whoever holds rows of several tables takes them in this order, and those of one table by their ids as the database
 * sorts them (which is not how JavaScript does), so that no two wait for each other: `generation`, `chat`, `message`,
 * `user_event_counter`, `usage_entry`, `spending`, `guest_spending`, `user`. The person's row is the last
 * one because foreign keys look at it when a statement is over.
 *
 * Of the parts of a `with` list that change rows, PostgreSQL runs the last one first, and one that another reads from
 * before that: an order has to be asked for.
 */
export function comesAfter(part: SQL): SQL {
  return sql`(select count(*) from ${part}) >= 0`;
}

/**
 * Takes what a person has answers in, and the counter that each of them comes by before it is stored: whatever is begun
 * or ended for the person was so before, or waits until the transaction ends.
 */
export async function lockAnswersOf(tx: Tx, userId: string): Promise<void> {
  const own = sql`user_id = ${userId}`;
  await tx.execute(sql`select from generation where ${own} order by id for update`);
  await tx.execute(sql`select from chat where ${own} order by id for update`);
  await tx.execute(sql`
    insert into user_event_counter as counter (user_id, seq) select id, 0 from "user" where id = ${userId}
    on conflict (user_id) do update set seq = counter.seq`);
  await tx.execute(sql`select from usage_entry where ${own} order by id for update`);
  await tx.execute(sql`select from spending where ${own} order by budget, period for update`);
}
