import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { MessagePlace } from "@/lib/chats/tree-store";
import { AppError } from "@/lib/errors/app-error";
import { isKept } from "./chat-purge";
import type { Tx } from "./client";
import { telling } from "./event-log";
import { active } from "./generation-row";
import { rows } from "./rows";

const lockRow = z.object({
  leaf_message_id: z.string().nullable(),
  deleted_at: z.coerce.date().nullable(),
});

/**
 * Holds the chat until the transaction ends: who asks in it waits, and what the next statements read is what
 * counts. Gives the leaf of its visible branch.
 */
export async function lockChat(tx: Tx, { userId, chatId }: MessagePlace): Promise<string | null> {
  const [found] = await rows(
    tx,
    lockRow,
    sql`
      select leaf_message_id, deleted_at from chat
      where id = ${chatId} and user_id = ${userId} and ${isKept} for update`,
  );
  if (!found) throw new AppError("not_found", "no such chat");
  if (found.deleted_at) throw new AppError("gone", "the chat is in the trash");
  return found.leaf_message_id;
}

/** Throws `generation_active` where an answer is being written, in the chat or in a part of its tree. */
export async function requireQuiet(tx: Tx, chatId: string, part?: SQL): Promise<void> {
  const generationId = await findActive(tx, chatId, part);
  if (generationId === null) return;
  throw new AppError("generation_active", "an answer is being written here", { details: { generationId } });
}

export async function findActive(tx: Tx, chatId: string, part?: SQL): Promise<string | null> {
  const [found] = await rows(
    tx,
    z.object({ id: z.string() }),
    sql`
      select id from generation
      where chat_id = ${chatId} and status in ${active} ${part ? sql`and message_id in (${part})` : sql``}`,
  );
  return found?.id ?? null;
}

export async function showLeaf(tx: Tx, { userId, chatId }: MessagePlace, leaf: string | null): Promise<void> {
  const source = sql`(select ${userId}::text as user_id)`;
  const payload = sql`jsonb_build_object('chatId', ${chatId}::text, 'leafMessageId', ${leaf}::text)`;
  await tx.execute(sql`
    with shown as (
      update chat set leaf_message_id = ${leaf} where id = ${chatId}
    ), ${telling(source, "chat-updated", payload)}
    select 1`);
}

/** The ids of a message and of all that hangs on it; what was removed counts only where `which` lets it. */
export function subtree(chatId: string, messageId: string, which = sql`deleted_at is null`): SQL {
  return sql`
    with recursive below as (
      select id, position from message where chat_id = ${chatId} and id = ${messageId} and ${which}
      union all
      select child.id, child.position from below
      join lateral (select id, position from message where chat_id = ${chatId} and parent_id = below.id and ${which}) child
        on true
    )
    select id from below`;
}

/** A child is newer than its parent: the newest message below another is the end of a branch. */
export async function newestBelow(tx: Tx, chatId: string, messageId: string): Promise<string | null> {
  const [newest] = await rows(
    tx,
    z.object({ id: z.string() }),
    sql`${subtree(chatId, messageId)} order by position desc limit 1`,
  );
  return newest?.id ?? null;
}
