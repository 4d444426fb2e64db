import { and, asc, count, eq, sql } from "drizzle-orm";
import { AppError } from "@/lib/errors/app-error";
import type { ProfileStore } from "@/lib/profiles/profile-store";
import type { Db, Tx } from "./client";
import { user } from "./schema/accounts";
import { profile } from "./schema/characters";
import { chat } from "./schema/chats";

const columns = {
  id: profile.id,
  name: profile.name,
  description: profile.description,
  isDefault: profile.isDefault,
  createdAt: profile.createdAt,
  updatedAt: profile.updatedAt,
};

export function createProfileStore(db: Db): ProfileStore {
  return {
    list: (userId) =>
      db
        .select(columns)
        .from(profile)
        .where(eq(profile.userId, userId))
        .orderBy(asc(sql`lower(${profile.name})`), asc(profile.id)),

    create: (userId, { id, name, description, isDefault }, countMax) =>
      db.transaction(async (tx) => {
        await holdProfiles(tx, userId);
        const [held] = await tx.select({ count: count() }).from(profile).where(eq(profile.userId, userId));
        const before = held?.count ?? 0;
        if (before >= countMax) {
          throw new AppError("too_large", "too many profiles", { details: { profilesMax: countMax } });
        }
        const willBeDefault = isDefault ?? before === 0;
        if (willBeDefault) await clearDefault(tx, userId);
        const [created] = await tx
          .insert(profile)
          .values({ id, userId, name, description, isDefault: willBeDefault })
          .returning(columns);
        if (!created) throw new RangeError("an insert gave no row");
        return created;
      }),

    change: (userId, profileId, change) =>
      db.transaction(async (tx) => {
        await holdProfiles(tx, userId);
        const isOwn = and(eq(profile.id, profileId), eq(profile.userId, userId));
        const found = await tx.select({ id: profile.id }).from(profile).where(isOwn);
        if (found.length === 0) return null;
        if (change.isDefault) await clearDefault(tx, userId);
        const [changed] = await tx
          .update(profile)
          .set({ ...change, updatedAt: sql`now()` })
          .where(isOwn)
          .returning(columns);
        return changed ?? null;
      }),

    remove: (userId, profileId) =>
      db.transaction(async (tx) => {
        const isIn = and(eq(chat.userId, userId), eq(chat.profileId, profileId));
        // Chats first, as whoever hands a person's chats over takes them.
        await tx.select({ id: chat.id }).from(chat).where(isIn).orderBy(chat.id).for("no key update");
        const gone = await tx
          .delete(profile)
          .where(and(eq(profile.id, profileId), eq(profile.userId, userId)))
          .returning({ id: profile.id });
        if (gone.length === 0) return false;
        await tx.update(chat).set({ profileId: null }).where(isIn);
        return true;
      }),
  };
}

/** Until the transaction ends nobody else changes which of the person's profiles is the default. */
async function holdProfiles(tx: Tx, userId: string): Promise<void> {
  // Less than a deletion takes, so that what refers to the person meanwhile does not wait.
  await tx.select({ id: user.id }).from(user).where(eq(user.id, userId)).for("no key update");
}

async function clearDefault(tx: Tx, userId: string): Promise<void> {
  await tx
    .update(profile)
    .set({ isDefault: false })
    .where(and(eq(profile.userId, userId), eq(profile.isDefault, true)));
}
