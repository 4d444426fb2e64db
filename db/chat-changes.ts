import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { ChatChange, ChatStore, KeepingChange } from "@/lib/chats/chat-store";
import { AppError } from "@/lib/errors/app-error";
import { isKept } from "./chat-purge";
import type { Db, Tx } from "./client";
import { telling } from "./event-log";
import { comesAfter } from "./lock-order";
import { rows } from "./rows";
import { chat, message } from "./schema/chats";

type ChatChanges = Pick<ChatStore, "update" | "keepMany">;

export function createChatChanges(db: Db, get: ChatStore["get"]): ChatChanges {
  return {
    async update(userId, chatId, change) {
      const isUpdated = await db.transaction(async (tx) => {
        const updated = await tx
          .update(chat)
          .set(columnsOf(change))
          .where(and(eq(chat.id, chatId), eq(chat.userId, userId), isKept))
          .returning({ id: chat.id });
        if (updated.length === 0) return false;
        // Now that the chat is held, what is in it is not deleted.
        if (change.leafMessageId !== undefined) await requireMessage(tx, chatId, change.leafMessageId);
        const source = sql`(select ${userId}::text as user_id)`;
        const payload =
          change.leafMessageId === undefined
            ? sql`jsonb_build_object('chatId', ${chatId}::text)`
            : sql`jsonb_build_object('chatId', ${chatId}::text, 'leafMessageId', ${change.leafMessageId}::text)`;
        await tx.execute(sql`with ${telling(source, "chat-updated", payload)} select 1`);
        return true;
      });
      return isUpdated ? get(userId, chatId) : null;
    },

    async keepMany(userId, chatIds, change) {
      const found = await rows(
        db,
        z.object({ id: z.string().nullable(), owner: z.string().nullable() }),
        sql`
          with wanted as (
            select json_array_elements_text(${JSON.stringify(chatIds)}::json) as id
          ), writing as (
            select generation.id from generation join wanted on chat_id = wanted.id
            where ${change.deleted === true} and user_id = ${userId} and status in ('queued', 'streaming')
            order by generation.id for no key update of generation
          ), halted as (
            update generation set status = 'stopping' from writing where generation.id = writing.id
            returning owner
          ), held as (
            select chat.id from chat join wanted on chat.id = wanted.id
            where user_id = ${userId} and ${isKept} and ${comesAfter(sql`halted`)}
            order by chat.id for no key update of chat
          ), changed as (
            update chat set ${keepingOf(change)} from held where chat.id = held.id
            returning chat.id, user_id
          ), ${telling(sql`changed`, "chat-updated", sql`jsonb_build_object('chatId', source.id)`)}
          select id, null as owner from changed union all select null, owner from halted`,
      );
      return {
        chatIds: found.flatMap(({ id }) => id ?? []),
        writers: [...new Set(found.flatMap(({ owner }) => owner ?? []))],
      };
    },
  };
}

/** What is so already stays as it is: a chat is in the trash from when it was first put there. */
function keepingOf({ pinned, archived, deleted, unread }: KeepingChange): SQL {
  const flags = { pinned_at: pinned, archived_at: archived, deleted_at: deleted, unread_since: unread };
  const columns = Object.entries(flags).flatMap(([name, flag]) => {
    if (flag === undefined) return [];
    const column = sql.identifier(name);
    return flag ? sql`${column} = coalesce(chat.${column}, now())` : sql`${column} = null`;
  });
  return sql.join(columns, sql`, `);
}

/** A change of how a chat is kept is no use of it: `updated_at` stays. */
function columnsOf(change: ChatChange): Partial<typeof chat.$inferInsert> {
  const moment = (flag: boolean | undefined) => (flag === undefined ? undefined : flag ? new Date() : null);
  return {
    title: change.title,
    titleSource: change.title === undefined ? undefined : "person",
    pinnedAt: moment(change.pinned),
    archivedAt: moment(change.archived),
    unreadSince: moment(change.unread),
    model: change.model,
    settings: change.settings,
    leafMessageId: change.leafMessageId,
    characterId: change.characterId,
    profileId: change.profileId,
  };
}

async function requireMessage(tx: Tx, chatId: string, messageId: string): Promise<void> {
  const [found] = await tx
    .select({ id: message.id })
    .from(message)
    .where(and(eq(message.chatId, chatId), eq(message.id, messageId), isNull(message.deletedAt)));
  if (!found) throw new AppError("not_found", "no such message in the chat");
}
