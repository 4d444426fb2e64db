import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { ChatStore } from "@/lib/chats/chat-store";
import type { Db, Tx } from "./client";
import { telling } from "./event-log";
import { active } from "./generation-row";
import { rows } from "./rows";

const droppedAtOnceMax = 200;

/**
 * When a chat was deleted that is to go for good and waits for its answer to end. It is shown no more, and older than
 * whatever the trash keeps.
 */
const leavingSince = sql`'epoch'::timestamptz`;

/** A chat that its person still has, if only in the trash. */
export const isKept = sql`chat.deleted_at is distinct from ${leavingSince}`;

const idRow = z.object({ id: z.string() });
const leftRow = z.object({ id: z.string(), generation_id: z.string().nullable() });

export function createChatPurge(db: Db): Pick<ChatStore, "purge" | "dropTrash"> {
  return {
    async purge(userId, chatIds) {
      const named =
        chatIds === "all"
          ? sql`true`
          : sql`id in (select json_array_elements_text(${JSON.stringify(chatIds)}::json))`;
      const left = await db.transaction((tx) =>
        remove(tx, sql`user_id = ${userId} and deleted_at is not null and ${named}`),
      );
      return {
        chatIds: left.map(({ id }) => id),
        writing: left.flatMap(({ id, generation_id }) =>
          generation_id === null ? [] : { chatId: id, generationId: generation_id },
        ),
      };
    },

    async dropTrash(ageMs) {
      const old = sql`deleted_at < now() - ${`${ageMs} milliseconds`}::interval`;
      const found = await rows(
        db,
        idRow,
        sql`
          select id from chat
          where ${old} and not exists (select from generation where chat_id = chat.id and status in ${active})
          order by deleted_at limit ${droppedAtOnceMax}`,
      );
      if (found.length === 0) return;
      const named = JSON.stringify(found.map(({ id }) => id));
      await db.transaction((tx) =>
        remove(tx, sql`${old} and id in (select json_array_elements_text(${named}::json))`),
      );
    },
  };
}

/**
 * What an answer comes to is counted when it ends, and with its row gone it never would be: a chat in which one is being
 * written is only leaving. Each statement sees what was committed while the one before it waited.
 */
async function remove(tx: Tx, which: SQL): Promise<z.output<typeof leftRow>[]> {
  await tx.execute(sql`
    select from generation where chat_id in (select id from chat where ${which}) order by id for update`);
  const held = await rows(tx, idRow, sql`select id from chat where ${which} order by id for update`);
  if (held.length === 0) return [];
  const ids = JSON.stringify(held.map(({ id }) => id));
  return rows(
    tx,
    leftRow,
    sql`
      with held as (
        select held.id, generation.id as generation_id from json_array_elements_text(${ids}::json) as held (id)
        left join generation on generation.chat_id = held.id and generation.status in ${active}
      ), gone as (
        delete from chat using held where chat.id = held.id and generation_id is null
        returning chat.id, user_id
      ), leaving as (
        update chat set deleted_at = ${leavingSince} from held
        where chat.id = held.id and generation_id is not null
        returning chat.id, user_id
      ), ${telling(
        sql`(select * from gone union all select * from leaving)`,
        "chat-updated",
        sql`jsonb_build_object('chatId', source.id)`,
      )}
      select id, generation_id from held`,
  );
}
