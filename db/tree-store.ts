import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { TreeStore, Writing } from "@/lib/chats/tree-store";
import { AppError } from "@/lib/errors/app-error";
import { routeSchema } from "@/lib/models/route";
import { usageSchema } from "@/lib/models/usage";
import { generationKinds, generationStatuses } from "@/lib/streaming/generation";
import { isKept } from "./chat-purge";
import type { Db, Tx } from "./client";
import { telling } from "./event-log";
import { lightColumns, parseMessage } from "./message-reader";
import { createMessageRemoval } from "./message-removal";
import { rows } from "./rows";
import { chat, message } from "./schema/chats";
import { lockChat, newestBelow, requireQuiet, showLeaf, subtree } from "./tree-lock";

const writingRow = z
  .object({
    kind: z.enum(generationKinds),
    status: z.enum(generationStatuses),
    model: z.string(),
    route: routeSchema.nullable().catch(null),
    usage: usageSchema.nullable(),
    cost_micros: z.coerce.number().nullable(),
    is_estimated: z.boolean(),
    is_key_gone: z.boolean(),
    created_at: z.coerce.date(),
    first_token_at: z.coerce.date().nullable(),
    finished_at: z.coerce.date().nullable(),
  })
  .transform(
    ({
      cost_micros,
      is_estimated,
      is_key_gone,
      created_at,
      first_token_at,
      finished_at,
      ...row
    }): Writing => ({
      ...row,
      costMicros: cost_micros,
      isEstimated: is_estimated,
      isKeyGone: is_key_gone,
      startedAt: created_at,
      firstTokenAt: first_token_at,
      finishedAt: finished_at,
    }),
  );

export function createTreeStore(db: Db): TreeStore {
  return {
    ...createMessageRemoval(db),

    async about(place) {
      const { chatId, messageId } = place;
      const [[found], [below], writings] = await Promise.all([
        db
          .select({ message: lightColumns })
          .from(message)
          .innerJoin(chat, eq(chat.id, message.chatId))
          .where(
            and(
              eq(message.chatId, chatId),
              eq(message.id, messageId),
              isNull(message.deletedAt),
              eq(chat.userId, place.userId),
              isKept,
            ),
          ),
        rows(
          db,
          z.object({ count: z.coerce.number() }),
          sql`select count(*) - 1 as count from (${subtree(chatId, messageId)}) as below`,
        ),
        rows(
          db,
          writingRow,
          sql`
            select
              kind, status, model, route, coalesce(billed.usage, generation.usage) as usage,
              case when billed.calls > 0 then billed.cost_micros else generation.cost_micros end as cost_micros,
              coalesce(billed.is_estimated, false) as is_estimated, coalesce(billed.is_key_gone, false) as is_key_gone,
              created_at, first_token_at, finished_at
            from generation
            cross join lateral (
              -- More than one where a server took the answer over from another; the sum is not known unless each is.
              select
                count(*) as calls, bool_or(source = 'estimated') as is_estimated, bool_or(is_key_gone) as is_key_gone,
                case when bool_and(entry.cost_micros is not null) then sum(entry.cost_micros) end as cost_micros,
                case when count(*) > 0 then jsonb_build_object(
                  'inputTokens', sum(input_tokens), 'outputTokens', sum(output_tokens),
                  'reasoningTokens', sum(reasoning_tokens), 'cachedTokens', sum(cached_tokens)) end as usage
              from usage_entry entry
              where entry.chat_id = generation.chat_id and entry.generation_id = generation.id and source <> 'held'
            ) as billed
            where chat_id = ${chatId} and message_id = ${messageId} and user_id = ${place.userId}
            order by created_at, id`,
        ),
      ]);
      if (!found) throw missing();
      return { message: parseMessage(found.message), messagesBelow: below?.count ?? 0, writings };
    },

    show: (place) =>
      db.transaction(async (tx) => {
        await lockChat(tx, place);
        const leaf = await newestBelow(tx, place.chatId, place.messageId);
        if (leaf === null) throw missing();
        await showLeaf(tx, place, leaf);
      }),

    addVersion: (place, { id, partsFrom }) =>
      db.transaction(async (tx) => {
        const { chatId, messageId } = place;
        await lockChat(tx, place);
        const known = await find(tx, chatId, id);
        if (known?.deletedAt) throw new AppError("gone", "the version was deleted");
        if (known) return parseMessage(known);
        await requireQuiet(tx, chatId);
        const original = await find(tx, chatId, messageId);
        if (!original || original.deletedAt || original.role !== "assistant") throw missing();
        const [added] = await tx
          .insert(message)
          .values({
            chatId,
            id,
            parentId: original.parentId,
            role: "assistant",
            parts: partsFrom(parseMessage(original).parts),
            status: "complete",
            model: original.model,
            metadata: { edited: true },
          })
          .returning();
        if (!added) throw new RangeError("an insert gave no row");
        await showLeaf(tx, place, id);
        return parseMessage(added);
      }),

    async copyBranch(place, copy) {
      const { userId, chatId, messageId } = place;
      await db.execute(sql`
        with recursive branch as (
          select message.*, 0 as depth from message join chat on chat.id = message.chat_id
          where chat.id = ${chatId} and chat.user_id = ${userId} and chat.deleted_at is null
            and message.id = ${messageId} and message.deleted_at is null and message.status <> 'streaming'
          union all
          select above.*, branch.depth + 1 from message above
          join branch on above.chat_id = branch.chat_id and above.id = branch.parent_id
        ), copied as (
          insert into chat
            (id, user_id, title, title_source, model, settings, character_id, profile_id, leaf_message_id)
          select ${copy.chatId}, user_id, ${copy.title}, 'person', model, settings, character_id, profile_id,
            ${messageId}
          from chat where id = ${chatId} and exists (select from branch)
          on conflict do nothing
          returning id, user_id
        ), written as (
          insert into message
            (chat_id, id, parent_id, role, parts, status, error, model, usage, metadata, created_at)
          select copied.id, branch.id, parent_id, role, parts, status, error, model, usage, metadata, created_at
          from copied cross join branch order by depth desc
        ), ${telling(sql`copied`, "chat-updated", sql`jsonb_build_object('chatId', source.id)`)}
        select 1`);
    },
  };
}

async function find(tx: Tx, chatId: string, messageId: string) {
  const [found] = await tx
    .select()
    .from(message)
    .where(and(eq(message.chatId, chatId), eq(message.id, messageId)));
  return found;
}

function missing(): AppError {
  return new AppError("not_found", "no such message");
}
