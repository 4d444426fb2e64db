import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "./client";
import { rows } from "./rows";

const sessionRow = z.object({ id: z.string() });

/** Which of these sessions are still good. */
export function createSessionCheck(db: Db): (sessionIds: readonly string[]) => Promise<ReadonlySet<string>> {
  return async (sessionIds) => {
    // One parameter, however many: the statement's text stays the same and is prepared once.
    const alive = await rows(
      db,
      sessionRow,
      sql`
        select session.id from session
        join json_array_elements_text(${JSON.stringify(sessionIds)}::json) as asked (id) on asked.id = session.id
        where session.expires_at > now()`,
    );
    return new Set(alive.map(({ id }) => id));
  };
}
