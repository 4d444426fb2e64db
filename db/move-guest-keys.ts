import { eq } from "drizzle-orm";
import { sealContextOf } from "@/lib/vault/credential";
import type { Sealer } from "@/lib/vault/sealer";
import type { MoveRows } from "./guest-move";
import { credential } from "./schema/vault";

/** A guest's keys are sealed for the guest: they are sealed anew for the account, unless it has one of its own there. */
export function moveGuestKeys(sealer: Sealer): MoveRows {
  return async (tx, guestId, accountId) => {
    const keys = await tx.select().from(credential).where(eq(credential.userId, guestId)).for("update");
    const own = await tx
      .select({ provider: credential.provider })
      .from(credential)
      .where(eq(credential.userId, accountId));
    for (const key of keys) {
      if (own.some(({ provider }) => provider === key.provider)) continue;
      const moved = { ...key, userId: accountId };
      const text = sealer.open(key, sealContextOf(key));
      // Its owner is told that one does not open; with the former master key it does so again.
      const sealed =
        text === null
          ? sealer.carry(key, sealContextOf(key), sealContextOf(moved))
          : sealer.seal(text, sealContextOf(moved));
      await tx
        .update(credential)
        .set({ userId: accountId, ...sealed })
        .where(eq(credential.id, key.id));
    }
  };
}
