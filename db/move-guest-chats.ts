import { eq, type SQL, sql } from "drizzle-orm";
import type { MoveRows } from "./guest-move";
import { character } from "./schema/characters";
import { chat } from "./schema/chats";
import { usageEntry } from "./schema/usage";
import { spentSince, startOf } from "./spending";

/** Chats with everything in them, answers that are being written included, what they cost, characters and profiles. */
export const moveGuestChats: MoveRows = async (tx, guestId, accountId) => {
  await tx.update(character).set({ userId: accountId }).where(eq(character.userId, guestId));
  // An account has one default profile: its own, where there is one.
  await tx.execute(sql`
    update profile moved set
      user_id = ${accountId},
      is_default = is_default and not exists (
        select from profile kept where kept.user_id = ${accountId} and kept.is_default
      )
    where moved.user_id = ${guestId}`);
  await moveSpending(tx, guestId, accountId);
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

/** What a guest has spent goes on counting: a counter that there is takes it in, and one that there is not begins with both. */
const moveSpending: MoveRows = async (tx, guestId, accountId) => {
  // Below, the counters that only the account has come first: that is not the order in which its answers take them.
  await tx.execute(sql`select from spending where user_id = ${accountId} order by budget, period for update`);
  await tx.execute(sql`
    update spending counter set spent_micros = spent_micros + ${spentIn(guestId, sql`counter`)}
    where user_id = ${accountId}
      and (budget, period) not in (select budget, period from spending where user_id = ${guestId})`);
  await tx.execute(sql`
    insert into spending as counter (user_id, budget, period, spent_micros, held_micros)
    select ${accountId}, budget, period, spent_micros + ${spentIn(accountId, sql`guest`)}, held_micros
    from spending guest where user_id = ${guestId}
    order by budget, period
    on conflict (user_id, budget, period) do update set
      spent_micros = counter.spent_micros + ${spentIn(guestId, sql`counter`)},
      held_micros = counter.held_micros + excluded.held_micros`);
  await tx.update(usageEntry).set({ userId: accountId }).where(eq(usageEntry.userId, guestId));
};

function spentIn(userId: string, counter: SQL): SQL {
  return spentSince(sql`${userId}`, sql`${counter}.budget`, startOf(sql`${counter}.period`));
}
