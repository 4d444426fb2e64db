import { and, desc, eq, gt, isNull, ne, sql } from "drizzle-orm";
import { z } from "zod";
import type { AccountStore } from "@/lib/accounts/account-store";
import { isKept } from "./chat-purge";
import type { Db } from "./client";
import { telling } from "./event-log";
import { active } from "./generation-row";
import { comesAfter, lockAnswersOf } from "./lock-order";
import { rows } from "./rows";
import { session, user } from "./schema/accounts";
import { chat } from "./schema/chats";

export function createAccountStore(db: Db): AccountStore {
  return {
    async get(userId) {
      const chatCount = db.$count(chat, and(eq(chat.userId, userId), isNull(chat.deletedAt)));
      const [found] = await db
        .select({
          name: user.name,
          email: user.email,
          isGuest: user.isAnonymous,
          finishAnswers: user.finishAnswers,
          createdAt: user.createdAt,
          chatCount,
        })
        .from(user)
        .where(eq(user.id, userId));
      return found ?? null;
    },

    listDevices: (userId) =>
      db
        .select({
          sessionId: session.id,
          userAgent: session.userAgent,
          address: session.ipAddress,
          usedAt: session.updatedAt,
          signedInAt: session.createdAt,
        })
        .from(session)
        .where(and(eq(session.userId, userId), gt(session.expiresAt, sql`now()`)))
        .orderBy(desc(session.updatedAt), session.id),

    async endSession(userId, sessionId) {
      const ended = await db
        .delete(session)
        .where(and(eq(session.userId, userId), eq(session.id, sessionId)))
        .returning({ id: session.id });
      return ended.length > 0;
    },

    async endOtherSessions(userId, sessionId) {
      const ended = await db
        .delete(session)
        .where(and(eq(session.userId, userId), ne(session.id, sessionId)))
        .returning({ id: session.id });
      return ended.length;
    },

    async trashChats(userId) {
      // One `resync` stands for an event of each chat.
      const found = await rows(
        db,
        z.object({ owner: z.string().nullable(), deleted_at: z.coerce.date().nullable() }),
        sql`
          with latest as (
            select max(deleted_at) as deleted_at from chat where user_id = ${userId}
          ), writing as (
            select id from generation where user_id = ${userId} and status in ('queued', 'streaming')
            order by id for no key update
          ), halted as (
            update generation set status = 'stopping' from writing where generation.id = writing.id
            returning owner
          ), held as (
            select id from chat where user_id = ${userId} and deleted_at is null and ${comesAfter(sql`halted`)}
            order by id for no key update
          ), trashed as (
            update chat set deleted_at = greatest(now(), latest.deleted_at + interval '1 millisecond')
            from latest cross join held where chat.id = held.id
            returning user_id, chat.deleted_at
          ), people as (
            select distinct user_id from trashed
          ), ${telling(sql`people`, "resync", sql`'{}'::jsonb`)}
          select null as owner, deleted_at from trashed union all select owner, null from halted`,
      );
      const writers = found.flatMap(({ owner }) => owner ?? []);
      const [trashedAt = null] = found.flatMap((row) => row.deleted_at ?? []);
      return { chatCount: found.length - writers.length, trashedAt, writers: [...new Set(writers)] };
    },

    async untrashChats(userId, trashedAt) {
      const [found] = await rows(
        db,
        z.object({ count: z.coerce.number() }),
        sql`
          with held as (
            select id from chat
            where user_id = ${userId} and deleted_at = ${trashedAt.toISOString()}::timestamptz and ${isKept}
            order by id for no key update
          ), restored as (
            update chat set deleted_at = null from held where chat.id = held.id
            returning user_id
          ), people as (
            select distinct user_id from restored
          ), ${telling(sql`people`, "resync", sql`'{}'::jsonb`)}
          select count(*) as count from restored`,
      );
      return found?.count ?? 0;
    },

    listWriting: (userId) =>
      rows(
        db,
        writingRow,
        sql`select chat_id, id from generation where user_id = ${userId} and status in ${active}`,
      ),

    erase: (userId) =>
      db.transaction(async (tx) => {
        await lockAnswersOf(tx, userId);
        const held = await rows(
          tx,
          heldRow,
          sql`
            delete from usage_entry entry where user_id = ${userId} and source = 'held' and guests_period is not null
            returning guests_period as period, held_micros, exists (
              select from generation asked
              where asked.id = entry.id and (upstream_id is not null or first_token_at is not null)) as is_asked`,
        );
        // What an answer that could not be stopped comes to is never told: it may be all that was held for it, if its model
        // was asked.
        if (held.length > 0)
          await tx.execute(sql`
            update guest_spending counter set
              spent_micros = counter.spent_micros + given.spent_micros,
              held_micros = greatest(0, counter.held_micros - given.held_micros)
            from (
              select period, sum(held_micros)::bigint as held_micros,
                coalesce(sum(held_micros) filter (where is_asked), 0)::bigint as spent_micros
              from json_to_recordset(${JSON.stringify(held)}::json) as held
                (period text, held_micros bigint, is_asked boolean)
              group by period
            ) as given
            where counter.period = given.period`);
        // Everything else goes with the row, by its foreign keys.
        await tx.execute(sql`
          with gone as (
            delete from "user" where id = ${userId} returning id, email
          )
          delete from verification using gone where value = gone.id or identifier = gone.email`);
      }),
  };
}

const heldRow = z.object({ period: z.string(), held_micros: z.coerce.number(), is_asked: z.boolean() });

const writingRow = z
  .object({ chat_id: z.string(), id: z.string() })
  .transform(({ chat_id, id }) => ({ chatId: chat_id, generationId: id }));
