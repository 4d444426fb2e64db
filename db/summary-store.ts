import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { SummaryRecords } from "@/lib/prompts/summaries";
import type { SummaryStore } from "@/lib/prompts/summary-writer";
import { isKept } from "./chat-purge";
import type { Db } from "./client";
import { telling } from "./event-log";
import { rows } from "./rows";

const aboutRow = z
  .object({
    model: z.string(),
    updated_at: z.coerce.date(),
    cost_micros: z.coerce.number().nullable(),
  })
  .transform(({ model, updated_at, cost_micros }) => ({
    model,
    updatedAt: updated_at,
    costMicros: cost_micros,
  }));

export function createSummaryStore(db: Db): SummaryStore & SummaryRecords {
  async function isDone(statement: SQL): Promise<boolean> {
    return (await rows(db, z.object({ chat_id: z.string() }), statement)).length > 0;
  }

  return {
    put: ({ chatId, throughMessageId, text, sourceDigest, model, replacesEdited = false }) =>
      isDone(sql`
        with reached as (
          select message.chat_id, message.id, chat.user_id from message join chat on chat.id = message.chat_id
          where chat_id = ${chatId} and message.id = ${throughMessageId} and message.deleted_at is null and ${isKept}
        ), stored as (
          insert into context_summary as former (chat_id, through_message_id, text, source_digest, model)
          select chat_id, id, ${text}, ${sourceDigest}, ${model} from reached
          on conflict (chat_id, through_message_id) do update set
            text = excluded.text, source_digest = excluded.source_digest, model = excluded.model,
            is_edited = false, updated_at = now()
          where ${replacesEdited} or not former.is_edited
          returning chat_id
        ), changed as (
          select chat_id, user_id from reached join stored using (chat_id)
        ), ${tellingOf(sql`changed`)}
        select chat_id from reached`),

    async about({ userId, chatId, messageId }) {
      const [found] = await rows(
        db,
        aboutRow,
        sql`
          select summary.model, summary.updated_at, (
            select sum(cost_micros) from usage_entry
            where usage_entry.chat_id = chat.id and usage_entry.user_id = chat.user_id and kind = 'summary'
          ) as cost_micros
          from context_summary summary join chat on chat.id = summary.chat_id and chat.user_id = ${userId}
          where summary.chat_id = ${chatId} and summary.through_message_id = ${messageId} and ${isKept}`,
      );
      return found ?? null;
    },

    change: ({ userId, chatId, messageId }, { text, sourceDigest }) =>
      isDone(sql`
        with changed as (
          update context_summary
          set text = ${text}, source_digest = ${sourceDigest}, is_edited = true, updated_at = now() from chat
          where chat.id = context_summary.chat_id and chat.user_id = ${userId}
            and chat_id = ${chatId} and through_message_id = ${messageId} and ${isKept}
          returning chat_id, chat.user_id
        ), ${tellingOf(sql`changed`)}
        select chat_id from changed`),

    forget: ({ userId, chatId, messageId }) =>
      isDone(sql`
        with recursive named as (
          select chat.id as chat_id, chat.user_id, message.id, message.parent_id from context_summary summary
          join chat on chat.id = summary.chat_id and chat.user_id = ${userId}
          join message on message.chat_id = chat.id and message.id = summary.through_message_id
          where summary.chat_id = ${chatId} and summary.through_message_id = ${messageId} and ${isKept}
        ), branch as (
          select id, parent_id from named
          union all
          select above.id, above.parent_id
          from message above join branch on above.id = branch.parent_id where above.chat_id = ${chatId}
        ), forgotten as (
          -- With those that it was made from: else the next shorter one would stand in its place.
          delete from context_summary using branch
          where context_summary.chat_id = ${chatId} and context_summary.through_message_id = branch.id
          returning context_summary.chat_id
        ), changed as (
          select chat_id, user_id from named where exists (select 1 from forgotten)
        ), ${tellingOf(sql`changed`)}
        select chat_id from changed`),
  };
}

function tellingOf(source: SQL): SQL {
  return telling(source, "chat-updated", sql`jsonb_build_object('chatId', source.chat_id)`);
}
