import { and, eq } from "drizzle-orm";
import type { MoveGuest } from "@/lib/accounts/guest-move";
import type { Db, Tx } from "./client";
import { lockAnswersOf } from "./lock-order";
import { user } from "./schema/accounts";

/** Hands over what one user owns to another. Every query goes through `tx`. */
export type MoveRows = (tx: Tx, guestId: string, accountId: string) => Promise<void>;

export function createGuestMove(db: Db, moveRows: MoveRows): MoveGuest {
  return (guestId, accountId) =>
    db.transaction(async (tx) => {
      await lockAnswersOf(tx, guestId);
      const isGuest = and(eq(user.id, guestId), eq(user.isAnonymous, true));
      // The lock makes every row that refers to the guest wait, and then fail: with the guest gone, it has no owner.
      const guests = await tx.select({ id: user.id }).from(user).where(isGuest).for("update");
      if (guests.length === 0) return;
      await moveRows(tx, guestId, accountId);
      await tx.delete(user).where(isGuest);
    });
}
