import { and, asc, desc, eq, getTableColumns, isNull, lt, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { ChatStore, Fork, MessagePage } from "@/lib/chats/chat-store";
import { type Message, messageMetadataSchema } from "@/lib/chats/message";
import { partSchema } from "@/lib/chats/part";
import { AppError } from "@/lib/errors/app-error";
import { chatErrorSchema } from "@/lib/errors/chat-error";
import { usageSchema } from "@/lib/models/usage";
import { isKept } from "./chat-purge";
import type { Db } from "./client";
import { lightParts } from "./light-parts";
import { rows } from "./rows";
import { chat, message } from "./schema/chats";

type MessageReader = Pick<
  ChatStore,
  "messages" | "activePath" | "countFrom" | "answersTo" | "message" | "fileUrl"
>;

export function createMessageReader(db: Db): MessageReader {
  return {
    messages: (userId, chatId, cursor, limit) => page(userId, chatId, cursor, limit, columns, undefined),

    activePath: (userId, chatId, cursor, limit) =>
      page(userId, chatId, cursor, limit, lightColumns, sql`${message.id} in (${branchIds(chatId)})`),

    async fileUrl(userId, { chatId, messageId }, number) {
      const [found] = await rows(
        db,
        z.object({ url: z.string() }),
        sql`
          select part->>'url' as url
          from message join chat on chat.id = message.chat_id
          cross join jsonb_array_elements(message.parts) with ordinality as each (part, nth)
          where message.chat_id = ${chatId} and message.id = ${messageId} and chat.user_id = ${userId}
            and ${isKept} and message.deleted_at is null and part->>'type' = 'file' and part->>'url' is not null
          order by nth offset ${number}::int limit 1`,
      );
      return found?.url ?? null;
    },

    async countFrom(userId, chatId, messageId, cursor) {
      const before = cursor === null ? sql`true` : sql`position < ${readPosition(cursor)}`;
      const [counted] = await rows(
        db,
        z.object({ count: z.coerce.number() }),
        sql`
          with shown as (
            select message.id, message.position from message join chat on chat.id = message.chat_id
            where chat.id = ${chatId} and chat.user_id = ${userId} and ${isKept} and message.id in (${branchIds(chatId)})
          )
          select count(*) as count from shown
          where position >= (select position from shown where id = ${messageId}) and ${before}`,
      );
      return counted?.count ?? 0;
    },

    async message(chatId, messageId) {
      const [found] = await db
        .select()
        .from(message)
        .where(and(eq(message.chatId, chatId), eq(message.id, messageId), isNull(message.deletedAt)));
      return found ? parseMessage(found) : null;
    },

    answersTo: (chatId, messageId) =>
      db
        .select({ id: message.id, status: message.status })
        .from(message)
        .where(
          and(
            eq(message.chatId, chatId),
            eq(message.parentId, messageId),
            eq(message.role, "assistant"),
            isNull(message.deletedAt),
          ),
        )
        .orderBy(asc(message.position)),
  };

  async function page(
    userId: string,
    chatId: string,
    cursor: string | null,
    limit: number,
    selected: typeof columns | typeof lightColumns,
    condition: SQL | undefined,
  ): Promise<MessagePage | null> {
    const before = cursor === null ? undefined : lt(message.position, readPosition(cursor));
    const [owned, found] = await Promise.all([
      db
        .select({ id: chat.id })
        .from(chat)
        .where(and(eq(chat.id, chatId), eq(chat.userId, userId), isKept)),
      db
        .select(selected)
        .from(message)
        .where(and(eq(message.chatId, chatId), isNull(message.deletedAt), before, condition))
        .orderBy(desc(message.position))
        .limit(limit + 1),
    ]);
    if (owned.length === 0) return null;
    const newest = found.slice(0, limit);
    const oldest = newest.at(-1);
    return {
      items: newest.reverse().map(parseMessage),
      nextCursor: found.length > limit && oldest ? String(oldest.position) : null,
      forks: await forksAmong(chatId, newest),
    };
  }

  async function forksAmong(
    chatId: string,
    items: readonly { id: string; parentId: string | null }[],
  ): Promise<Fork[]> {
    if (items.length === 0) return [];
    const parents = JSON.stringify(items.flatMap(({ parentId }) => parentId ?? []));
    const hasRoot = items.some(({ parentId }) => parentId === null);
    return rows(
      db,
      forkRow,
      sql`
        select parent_id, json_agg(id order by position) as message_ids from message
        where chat_id = ${chatId} and deleted_at is null
          and (parent_id in (select json_array_elements_text(${parents}::json)) or (${hasRoot} and parent_id is null))
        group by parent_id having count(*) > 1`,
    );
  }
}

const columns = getTableColumns(message);

export const lightColumns = { ...columns, parts: lightParts(message).mapWith(message.parts) };

const forkRow = z
  .object({ parent_id: z.string().nullable(), message_ids: z.array(z.string()) })
  .transform((row): Fork => ({ parentId: row.parent_id, messageIds: row.message_ids }));

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
export function parseMessage(row: typeof message.$inferSelect): Message {
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
