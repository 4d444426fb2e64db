import { sql } from "drizzle-orm";
import { z } from "zod";
import { roles } from "@/lib/accounts/actor";
import type { Db } from "./client";
import { grouped } from "./grouped";
import { rows } from "./rows";

/** A session that has not expired, and whose it is. */
export type StoredSession = z.output<typeof sessionRow>;

const sessionRow = z
  .object({
    token: z.string(),
    id: z.string(),
    user_id: z.string(),
    name: z.string(),
    email: z.string(),
    role: z.enum(roles),
    is_anonymous: z.boolean(),
  })
  .transform(({ token, id, user_id, name, email, role, is_anonymous }) => ({
    token,
    id,
    user: { id: user_id, name, email, role, isGuest: is_anonymous },
  }));

/** The session of a token. It is asked for at every request: those that come at once share a statement. */
export function createSessionReader(db: Db): (token: string) => Promise<StoredSession | null> {
  return grouped(async (tokens: readonly string[]) => {
    const found = await rows(
      db,
      sessionRow,
      sql`
        select session.token, session.id, session.user_id, "user".name, "user".email, "user".role, "user".is_anonymous
        from json_array_elements_text(${JSON.stringify(tokens)}::json) as asked (token)
        join session on session.token = asked.token
        join "user" on "user".id = session.user_id
        where session.expires_at > now()`,
    );
    const byToken = new Map(found.map((each) => [each.token, each]));
    return tokens.map((token) => byToken.get(token) ?? null);
  });
}
