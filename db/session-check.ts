import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "./client";
import { rows } from "./rows";

const sessionRow = z.object({ id: z.string() });

// What a person is told of their devices is no finer than that, and a write each few seconds would be for nothing.
const usedEvery = "5 minutes";

/** Which of these sessions are still good. Whoever is asked about has an open stream: the use is noted. */
export function createSessionCheck(db: Db): (sessionIds: readonly string[]) => Promise<ReadonlySet<string>> {
  return async (sessionIds) => {
    // Locked rows are skipped: another process notes them just now, and two that wait for each other might never end.
    // One parameter, however many: the statement's text stays the same and is prepared once.
    const alive = await rows(
      db,
      sessionRow,
      sql`
        with alive as (
          select session.id from session
          join json_array_elements_text(${JSON.stringify(sessionIds)}::json) as asked (id) on asked.id = session.id
          where session.expires_at > now()
        ), due as (
          select session.id from session join alive on alive.id = session.id
          where session.updated_at < now() - interval '${sql.raw(usedEvery)}'
          for update of session skip locked
        ), used as (
          update session set updated_at = now() from due where session.id = due.id
        )
        select id from alive`,
    );
    return new Set(alive.map(({ id }) => id));
  };
}
