import { and, asc, desc, eq, lt, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { ChatStore, Page } from "@/lib/chats/chat-store";
import { type Message, messageMetadataSchema } from "@/lib/chats/message";
import { partSchema } from "@/lib/chats/part";
import { AppError } from "@/lib/errors/app-error";
import { chatErrorSchema } from "@/lib/errors/chat-error";
import { usageSchema } from "@/lib/models/usage";
import type { Db } from "./client";
import { chat, message } from "./schema/chats";

type MessageReader = Pick<ChatStore, "messages" | "activePath" | "answersTo" | "message">;

export function createMessageReader(db: Db): MessageReader {
  return {
    messages: (userId, chatId, cursor, limit) => page(userId, chatId, cursor, limit, undefined),

    activePath: (userId, chatId, cursor, limit) =>
      page(userId, chatId, cursor, limit, sql`${message.id} in (${branchIds(chatId)})`),

    async message(chatId, messageId) {
      const [found] = await db
        .select()
        .from(message)
        .where(and(eq(message.chatId, chatId), eq(message.id, messageId)));
      return found ? parseMessage(found) : null;
    },

    answersTo: (chatId, messageId) =>
      db
        .select({ id: message.id, status: message.status })
        .from(message)
        .where(
          and(eq(message.chatId, chatId), eq(message.parentId, messageId), eq(message.role, "assistant")),
        )
        .orderBy(asc(message.position)),
  };

  async function page(
    userId: string,
    chatId: string,
    cursor: string | null,
    limit: number,
    condition: SQL | undefined,
  ): Promise<Page<Message> | null> {
    const before = cursor === null ? undefined : lt(message.position, readPosition(cursor));
    const [owned, found] = await Promise.all([
      db
        .select({ id: chat.id })
        .from(chat)
        .where(and(eq(chat.id, chatId), eq(chat.userId, userId))),
      db
        .select()
        .from(message)
        .where(and(eq(message.chatId, chatId), before, condition))
        .orderBy(desc(message.position))
        .limit(limit + 1),
    ]);
    if (owned.length === 0) return null;
    const newest = found.slice(0, limit);
    const oldest = newest.at(-1);
    return {
      items: newest.reverse().map(parseMessage),
      nextCursor: found.length > limit && oldest ? String(oldest.position) : null,
    };
  }
}

function branchIds(chatId: string): SQL {
  return sql`
    with recursive branch as (
      select message.id, message.parent_id from message
      join chat on chat.id = message.chat_id and message.id = chat.leaf_message_id
      where chat.id = ${chatId}
      union all
      select above.id, above.parent_id from message above
      join branch on above.chat_id = ${chatId} and above.id = branch.parent_id
    )
    select id from branch`;
}

/** Columns are parsed on the way out: what an older version wrote is mended here or nowhere. */
function parseMessage(row: typeof message.$inferSelect): Message {
  return {
    id: row.id,
    parentId: row.parentId,
    role: row.role,
    parts: z.array(partSchema).parse(row.parts),
    status: row.status,
    error: chatErrorSchema.nullable().parse(row.error),
    generationId: row.generationId,
    model: row.model,
    usage: usageSchema.nullable().parse(row.usage),
    metadata: messageMetadataSchema.parse(row.metadata),
    createdAt: row.createdAt.toISOString(),
  };
}

function readPosition(cursor: string): number {
  if (!/^\d{1,15}$/.test(cursor)) {
    throw new AppError("invalid_request", "malformed cursor", { details: { field: "before" } });
  }
  return Number(cursor);
}
