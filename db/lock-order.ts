import { type SQL, sql } from "drizzle-orm";

/**
 * Part of a `where`: true, once `part` of the same statement has taken its rows.
 *
 * Whoever holds rows of several tables takes them in this order, and those of one table by their ids, so that no two
 * wait for each other: `generation`, `chat`, `message`, `user_event_counter`, `usage_entry`, `spending`,
 * `guest_spending`, `user`. The person's row is the last one because foreign keys look at it when a statement is over.
 *
 * Of the parts of a `with` list that change rows, PostgreSQL runs the last one first, and one that another reads from
 * before that: an order has to be asked for.
 */
export function comesAfter(part: SQL): SQL {
  return sql`(select count(*) from ${part}) >= 0`;
}
