import { sql } from "drizzle-orm";
import { z } from "zod";
import type { TreeStore } from "@/lib/chats/tree-store";
import { AppError } from "@/lib/errors/app-error";
import type { Db, Tx } from "./client";
import { rows } from "./rows";
import { findActive, lockChat, newestBelow, requireQuiet, showLeaf, subtree } from "./tree-lock";

const idRow = z.object({ id: z.string() });

const foundRow = z.object({
  parent_id: z.string().nullable(),
  position: z.coerce.number(),
  deleted_at: z.string().nullable(),
});

type Found = z.output<typeof foundRow>;

export function createMessageRemoval(db: Db): Pick<TreeStore, "remove" | "restore" | "forgetRemoved"> {
  return {
    remove: (place) =>
      db.transaction(async (tx) => {
        const { chatId, messageId } = place;
        const leaf = await lockChat(tx, place);
        const found = await find(tx, chatId, messageId);
        if (found.deleted_at !== null) return;
        await requireQuiet(tx, chatId, subtree(chatId, messageId));
        const removed = await rows(
          tx,
          idRow,
          sql`
            update message set deleted_at = now()
            where chat_id = ${chatId} and id in (${subtree(chatId, messageId)}) returning id`,
        );
        await tx.execute(sql`update chat set deletions = deletions + 1 where id = ${chatId}`);
        const isShown = leaf === null || removed.some(({ id }) => id === leaf);
        await showLeaf(tx, place, isShown ? await nearest(tx, chatId, found) : leaf);
      }),

    restore: (place, leafMessageId) =>
      db.transaction(async (tx) => {
        const { chatId, messageId } = place;
        const leaf = await lockChat(tx, place);
        const found = await find(tx, chatId, messageId);
        if (found.deleted_at === null) return;
        const above = found.parent_id === null ? null : await find(tx, chatId, found.parent_id);
        if (above && above.deleted_at !== null) throw new AppError("gone", "what is above it was deleted");
        const together = sql`deleted_at = ${found.deleted_at}::timestamptz`;
        const restored = await rows(
          tx,
          idRow,
          sql`
            update message set deleted_at = null
            where chat_id = ${chatId} and id in (${subtree(chatId, messageId, together)}) returning id`,
        );
        // Who is in the middle of an answer stays there.
        if (await findActive(tx, chatId)) return showLeaf(tx, place, leaf);
        const wanted = restored.find(({ id }) => id === leafMessageId)?.id;
        await showLeaf(tx, place, wanted ?? (await newestBelow(tx, chatId, messageId)));
      }),

    forgetRemoved: (olderThanMs) =>
      db.transaction(async (tx) => {
        const isOld = sql`deleted_at < now() - ${`${olderThanMs} milliseconds`}::interval`;
        await tx.execute(sql`
          select from generation where (chat_id, message_id) in (select chat_id, id from message where ${isOld})
          order by id for update`);
        await tx.execute(sql`
          select from chat where id in (select chat_id from message where ${isOld}) order by id for no key update`);
        await tx.execute(sql`delete from message where ${isOld}`);
      }),
  };
}

/** The version before it, else the one after it, down to its newest message; else what it hung on. */
async function nearest(tx: Tx, chatId: string, { parent_id, position }: Found): Promise<string | null> {
  const [version] = await rows(
    tx,
    idRow,
    sql`
      select id from message
      where chat_id = ${chatId} and parent_id is not distinct from ${parent_id} and deleted_at is null
      order by position > ${position}, abs(position - ${position}) limit 1`,
  );
  return version ? newestBelow(tx, chatId, version.id) : parent_id;
}

async function find(tx: Tx, chatId: string, messageId: string): Promise<Found> {
  const [found] = await rows(
    tx,
    foundRow,
    sql`
      select parent_id, position, deleted_at::text from message
      where chat_id = ${chatId} and id = ${messageId}`,
  );
  if (!found) throw new AppError("not_found", "no such message");
  return found;
}
