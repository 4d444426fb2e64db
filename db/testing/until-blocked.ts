import { sql } from "drizzle-orm";
import { z } from "zod";
import { rows } from "@/db/rows";
import type { Engine } from "./engines";

/**
 * Resolves once so many statements wait for somebody's rows. PGlite has one connection, which a transaction holds:
 * whatever else is asked comes after it, and nothing is waited for.
 */
export async function untilBlocked({ name, db }: Engine, count = 1): Promise<void> {
  if (name === "pglite") return;
  const blocked = sql`
    select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  while ((await rows(db, z.object({}), blocked)).length < count);
}
