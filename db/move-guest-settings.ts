import { sql } from "drizzle-orm";
import type { MoveRows } from "./guest-move";

/** What a guest has set stays theirs, one capability after the other, where the account has set nothing. */
export const moveGuestSettings: MoveRows = async (tx, guestId, accountId) => {
  await tx.execute(sql`
    insert into person_settings (user_id, settings)
    select ${accountId}, settings from person_settings where user_id = ${guestId}
    on conflict (user_id) do update set settings = excluded.settings || person_settings.settings, updated_at = now()`);
};
