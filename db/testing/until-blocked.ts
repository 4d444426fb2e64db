import { setImmediate as nextTurn } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { rows } from "@/db/rows";
import type { Engine } from "./engines";

/**
 * Resolves once so many statements wait for somebody's rows. PGlite has one connection, which a transaction holds:
 * whatever else is asked has its turn after it.
 */
export async function untilBlocked({ name, db }: Engine, count = 1): Promise<void> {
  // What is grouped is asked a turn later.
  if (name === "pglite") return nextTurn().then(() => nextTurn());
  const blocked = sql`
    select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  while ((await rows(db, z.object({}), blocked)).length < count);
}
