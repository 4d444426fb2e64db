import { and, desc, eq, ilike, inArray, isNotNull, isNull, ne, type SQL, sql } from "drizzle-orm";
import type { ChatFilter, ChatStore, ChatWithActive, StoredChat } from "@/lib/chats/chat-store";
import { modelSettingsSchema } from "@/lib/models/settings";
import { isActive } from "@/lib/streaming/generation";
import { createBranchReader } from "./branch-reader";
import { createChatBegin } from "./chat-begin";
import { createChatChanges } from "./chat-changes";
import { type ChatPlace, readChatCursor, writeChatCursor } from "./chat-cursor";
import { createChatPurge, isKept } from "./chat-purge";
import type { Db } from "./client";
import { createMessageReader } from "./message-reader";
import { chat } from "./schema/chats";
import { generation } from "./schema/streaming";

export function createChatStore(db: Db): ChatStore {
  async function get(userId: string, chatId: string) {
    const [found] = await select(db).where(and(eq(chat.id, chatId), eq(chat.userId, userId), isKept));
    return found ? present(found) : null;
  }

  return {
    ...createMessageReader(db),
    ...createBranchReader(db),
    ...createChatBegin(db),
    ...createChatChanges(db, get),
    ...createChatPurge(db),
    get,

    async list(userId, filter, cursor, limit) {
      const order = filter.deleted ? inTrash : inList;
      const found = await select(db)
        .where(
          and(
            eq(chat.userId, userId),
            isKept,
            ...filters(filter),
            cursor === null ? undefined : after(order, cursor),
          ),
        )
        .orderBy(desc(order.isOnTop), desc(order.at), desc(chat.id))
        .limit(limit + 1);
      const items = found.slice(0, limit).map(present);
      const last = items.at(-1);
      return {
        items,
        nextCursor: found.length > limit && last ? writeChatCursor(order.placeOf(last)) : null,
      };
    },

    countUnread: (userId) =>
      db.$count(
        chat,
        and(
          eq(chat.userId, userId),
          isNotNull(chat.unreadSince),
          isNull(chat.archivedAt),
          isNull(chat.deletedAt),
        ),
      ),

    async isSomebodyElses(userId, chatId) {
      const found = await db
        .select({ id: chat.id })
        .from(chat)
        .where(and(eq(chat.id, chatId), ne(chat.userId, userId)));
      return found.length > 0;
    },
  };
}

interface Order {
  isOnTop: SQL;
  at: typeof chat.updatedAt | typeof chat.deletedAt;
  placeOf(stored: StoredChat): ChatPlace;
}

const inList: Order = {
  isOnTop: sql`(${chat.pinnedAt} is not null)`,
  at: chat.updatedAt,
  placeOf: ({ id, pinnedAt, updatedAt }) => ({ isOnTop: pinnedAt !== null, at: updatedAt, id }),
};

/** What was deleted last comes first, pinned or not. */
const inTrash: Order = {
  // Of none of them; an order takes no plain `false`.
  isOnTop: sql`(${chat.deletedAt} is null)`,
  at: chat.deletedAt,
  placeOf: ({ id, deletedAt, updatedAt }) => ({ isOnTop: false, at: deletedAt ?? updatedAt, id }),
};

function after(order: Order, cursor: string): SQL {
  const { isOnTop, at, id } = readChatCursor(cursor);
  return sql`(${order.isOnTop}, ${order.at}, ${chat.id}) < (${isOnTop}, ${at.toISOString()}::timestamptz, ${id})`;
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
