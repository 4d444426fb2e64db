import { and, desc, eq, ilike, inArray, isNotNull, isNull, ne, type SQL, sql } from "drizzle-orm";
import type { ChatChange, ChatFilter, ChatStore, ChatWithActive, StoredChat } from "@/lib/chats/chat-store";
import { AppError } from "@/lib/errors/app-error";
import { modelSettingsSchema } from "@/lib/models/settings";
import { isActive } from "@/lib/streaming/generation";
import { createBranchReader } from "./branch-reader";
import { readChatCursor, writeChatCursor } from "./chat-cursor";
import type { Db } from "./client";
import { telling } from "./event-log";
import { createMessageReader } from "./message-reader";
import { chat, message } from "./schema/chats";
import { generation } from "./schema/streaming";

export function createChatStore(db: Db): ChatStore {
  const isPinned = sql<boolean>`(${chat.pinnedAt} is not null)`;

  return {
    ...createMessageReader(db),
    ...createBranchReader(db),

    async list(userId, filter, cursor, limit) {
      const found = await select(db)
        .where(and(eq(chat.userId, userId), ...filters(filter), cursor === null ? undefined : after(cursor)))
        .orderBy(desc(isPinned), desc(chat.updatedAt), desc(chat.id))
        .limit(limit + 1);
      const items = found.slice(0, limit).map(present);
      const last = items.at(-1);
      return { items, nextCursor: found.length > limit && last ? writeChatCursor(last) : null };
    },

    async get(userId, chatId) {
      const [found] = await select(db).where(and(eq(chat.id, chatId), eq(chat.userId, userId)));
      return found ? present(found) : null;
    },

    async update(userId, chatId, change) {
      if (change.leafMessageId !== undefined) await requireMessage(db, userId, chatId, change.leafMessageId);
      const isUpdated = await db.transaction(async (tx) => {
        const updated = await tx
          .update(chat)
          .set(columnsOf(change))
          .where(and(eq(chat.id, chatId), eq(chat.userId, userId)))
          .returning({ id: chat.id });
        if (updated.length === 0) return false;
        const source = sql`(select ${userId}::text as user_id)`;
        const payload =
          change.leafMessageId === undefined
            ? sql`jsonb_build_object('chatId', ${chatId}::text)`
            : sql`jsonb_build_object('chatId', ${chatId}::text, 'leafMessageId', ${change.leafMessageId}::text)`;
        await tx.execute(sql`with ${telling(source, "chat-updated", payload)} select 1`);
        return true;
      });
      return isUpdated ? this.get(userId, chatId) : null;
    },

    async isSomebodyElses(userId, chatId) {
      const found = await db
        .select({ id: chat.id })
        .from(chat)
        .where(and(eq(chat.id, chatId), ne(chat.userId, userId)));
      return found.length > 0;
    },
  };

  function after(cursor: string): SQL {
    const { pinned, updatedAt, id } = readChatCursor(cursor);
    return sql`(${isPinned}, ${chat.updatedAt}, ${chat.id}) < (${pinned}, ${updatedAt}::timestamptz, ${id})`;
  }
}

function select(db: Db) {
  return db
    .select({ chat, active: generation })
    .from(chat)
    .leftJoin(
      generation,
      and(eq(generation.chatId, chat.id), inArray(generation.status, ["queued", "streaming", "stopping"])),
    );
}

type Selected = Awaited<ReturnType<typeof select>>[number];

function present({ chat: row, active }: Selected): ChatWithActive {
  return {
    ...storedChat(row),
    active: active && isActive(active.status) ? { ...active, status: active.status } : null,
  };
}

function storedChat(row: typeof chat.$inferSelect): StoredChat {
  return { ...row, settings: modelSettingsSchema.catch({}).parse(row.settings) };
}

function filters({ archived, deleted, q }: ChatFilter): (SQL | undefined)[] {
  return [
    deleted ? isNotNull(chat.deletedAt) : isNull(chat.deletedAt),
    deleted ? undefined : archived ? isNotNull(chat.archivedAt) : isNull(chat.archivedAt),
    q ? ilike(chat.title, `%${q.replace(/[\\%_]/g, "\\$&")}%`) : undefined,
  ];
}

/** A change of how a chat is kept is no use of it: `updated_at` stays. */
function columnsOf(change: ChatChange): Partial<typeof chat.$inferInsert> {
  const moment = (flag: boolean | undefined) => (flag === undefined ? undefined : flag ? new Date() : null);
  return {
    title: change.title,
    titleSource: change.title === undefined ? undefined : "person",
    pinnedAt: moment(change.pinned),
    archivedAt: moment(change.archived),
    deletedAt: moment(change.deleted),
    model: change.model,
    settings: change.settings,
    leafMessageId: change.leafMessageId,
  };
}

async function requireMessage(db: Db, userId: string, chatId: string, messageId: string): Promise<void> {
  const [found] = await db
    .select({ id: message.id })
    .from(message)
    .innerJoin(chat, eq(chat.id, message.chatId))
    .where(
      and(
        eq(message.chatId, chatId),
        eq(message.id, messageId),
        isNull(message.deletedAt),
        eq(chat.userId, userId),
      ),
    );
  if (!found) throw new AppError("not_found", "no such message in the chat");
}
