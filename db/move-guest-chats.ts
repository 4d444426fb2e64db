import { eq, sql } from "drizzle-orm";
import type { MoveRows } from "./guest-move";
import { chat } from "./schema/chats";

/** Chats with everything in them, answers that are being written included. */
export const moveGuestChats: MoveRows = async (tx, guestId, accountId) => {
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
