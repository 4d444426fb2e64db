import { eq, sql } from "drizzle-orm";
import type { MoveRows } from "./guest-move";
import { character } from "./schema/characters";
import { chat } from "./schema/chats";

/**
 * Chats with everything in them, answers that are being written included, characters, profiles, and of the settings what
 * the account has not set itself.
 */
export const moveGuestChats: MoveRows = async (tx, guestId, accountId) => {
  await tx.execute(sql`
    insert into person_settings (user_id, settings)
    select ${accountId}, settings from person_settings where user_id = ${guestId}
    on conflict (user_id) do update set settings = excluded.settings || person_settings.settings, updated_at = now()`);
  await tx.update(character).set({ userId: accountId }).where(eq(character.userId, guestId));
  // An account has one default profile: its own, where there is one.
  await tx.execute(sql`
    update profile moved set
      user_id = ${accountId},
      is_default = is_default and not exists (
        select from profile kept where kept.user_id = ${accountId} and kept.is_default
      )
    where moved.user_id = ${guestId}`);
  await tx.update(chat).set({ userId: accountId }).where(eq(chat.userId, guestId));
  // A key that both have used names two requests: the guest's keeps its row under a name of its own.
  await tx.execute(sql`
    update generation moved set
      user_id = ${accountId},
      request_id = case
        when exists (
          select from generation kept where kept.user_id = ${accountId} and kept.request_id = moved.request_id
        ) then moved.request_id || '/' || moved.id
        else moved.request_id
      end
    where moved.user_id = ${guestId}`);
};
