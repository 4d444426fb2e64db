import { and, eq, sql } from "drizzle-orm";
import type { Installation } from "@/lib/accounts/installation";
import type { Db } from "./client";
import { user } from "./schema/accounts";
import { installation } from "./schema/installation";

export function createInstallation(db: Db): Installation {
  return {
    async isClaimed() {
      const rows = await db.select({ id: installation.id }).from(installation);
      return rows.length > 0;
    },

    async isAdministrator(userId) {
      const rows = await db
        .select({ id: installation.id })
        .from(installation)
        .where(eq(installation.administratorId, userId));
      return rows.length > 0;
    },

    claim: (userId) =>
      db.transaction(async (tx) => {
        const claimed = await tx
          .insert(installation)
          .select(
            tx
              .select({
                id: sql<boolean>`true`.as("id"),
                administratorId: user.id,
                settings: sql`'{}'::jsonb`.as("settings"),
                createdAt: sql<Date>`now()`.as("created_at"),
              })
              .from(user)
              .where(and(eq(user.id, userId), eq(user.isAnonymous, false))),
          )
          .onConflictDoNothing()
          .returning({ id: installation.id });
        if (claimed.length === 0) return false;
        await tx.update(user).set({ role: "administrator" }).where(eq(user.id, userId));
        return true;
      }),
  };
}
