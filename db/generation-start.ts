import { sql } from "drizzle-orm";
import { z } from "zod";
import { AppError } from "@/lib/errors/app-error";
import type { GenerationStore, NewGeneration, Started } from "@/lib/streaming/generation-store";
import { standingsOver } from "@/lib/usage/standing";
import { isKept } from "./chat-purge";
import type { Db } from "./client";
import { telling } from "./event-log";
import { active, columns, generationRow, leaseFromNow } from "./generation-row";
import { grouped } from "./grouped";
import { comesAfter } from "./lock-order";
import { rows } from "./rows";
import { holding } from "./spending";
import { foreignKeyViolation, sqlState } from "./sql-state";
import { readStandings } from "./standings";

const notNullViolation = "23502";

/** Questions that come at once are stored by one statement; whatever stands in the way of one does not stop the others. */
export function createGenerationStart(db: Db): GenerationStore["start"] {
  const insert = grouped((all: readonly NewGeneration[]) => insertAll(db, all));

  return async (wanted) => {
    // The second round is for an answer that ended between the insert and the look at what was in its way.
    for (let round = 0; round < 3; round++) {
      const started =
        (await insert(wanted).catch((error) => refused(db, wanted, error))) ??
        (await findObstacle(db, wanted));
      if (started) return started;
    }
    throw new AppError("unavailable", "the chat's lock keeps changing hands");
  };
}

/** Without a chat that takes them there are no messages, and the generation's foreign key undoes it all. */
async function refused(db: Db, { userId, route }: NewGeneration, error: unknown): Promise<Started> {
  switch (sqlState(error)) {
    case foreignKeyViolation:
      return { outcome: "not-found" };
    case notNullViolation:
      return {
        outcome: "over-budget",
        standings: standingsOver(route.payer, await readStandings(db, userId)),
      };
    default:
      throw error;
  }
}

/** `null` for those that a unique index was in the way of: of them nothing at all was stored. */
async function insertAll(db: Db, all: readonly NewGeneration[]): Promise<(Started | null)[]> {
  const wanted = all.map((each) => ({
    id: each.id,
    chat_id: each.chatId,
    user_id: each.userId,
    message_id: each.messageId,
    request_id: each.requestId,
    kind: each.kind,
    owner: each.owner,
    model: each.model,
    settings: each.settings,
    route: each.route,
    prompt: each.prompt,
    metadata: each.metadata,
    hold_micros: each.holdMicros,
    parent_id: each.parentId,
    question_id: each.question?.id ?? null,
    question_parent_id: each.question?.parentId ?? null,
    question_parts: each.question?.parts ?? [],
    title: each.chat.title,
    chat_model: each.chat.model,
    chat_settings: each.chat.settings,
    deletions: each.chat.deletions,
  }));
  const found = await rows(
    db,
    generationRow,
    sql`
      with wanted as (
        select * from json_to_recordset(${JSON.stringify(wanted)}::json) as wanted
          (id text, chat_id text, user_id text, message_id text, request_id text, kind text, owner text, model text,
           settings jsonb, route jsonb, prompt jsonb, metadata jsonb, hold_micros bigint, parent_id text, question_id text,
           question_parent_id text, question_parts jsonb, title text, chat_model text, chat_settings jsonb, deletions int)
      ), started as (
        insert into generation
          (id, chat_id, user_id, message_id, request_id, kind, status, owner, lease_until, model, settings, route, prompt)
        select id, chat_id, user_id, message_id, request_id, kind, 'queued', owner, ${leaseFromNow}, model, settings,
          route, prompt
        from wanted order by chat_id, id
        on conflict do nothing
        returning ${columns}
      ), ${holding(sql`(select wanted.* from started join wanted on wanted.id = started.id)`)}, in_chat as (
        insert into chat (id, user_id, title, title_source, model, settings, leaf_message_id, deletions)
        select wanted.chat_id, wanted.user_id, title, 'question', chat_model, chat_settings, wanted.message_id, deletions
        from started join wanted on wanted.id = started.id
        order by wanted.chat_id
        on conflict (id) do update set
          leaf_message_id = excluded.leaf_message_id, updated_at = now(), archived_at = null, unread_since = null,
          title = coalesce(chat.title, excluded.title),
          title_source = coalesce(chat.title_source, excluded.title_source)
          where chat.user_id = excluded.user_id and chat.deleted_at is null and chat.deletions = excluded.deletions
        returning id
      ), written as (
        insert into message (chat_id, id, parent_id, role, parts, status, generation_id, model, metadata)
        select wanted.chat_id, new.id, new.parent_id, new.role, new.parts, new.status, new.generation_id, new.model,
          new.metadata
        from in_chat
        join started on started.chat_id = in_chat.id
        join wanted on wanted.id = started.id
        cross join lateral (values
          (1, wanted.question_id, wanted.question_parent_id, 'user', wanted.question_parts, 'complete', null, null,
            '{}'::jsonb),
          (2, wanted.message_id, wanted.parent_id, 'assistant', '[]'::jsonb, 'streaming', wanted.id, wanted.model,
            wanted.metadata)
        ) as new (rank, id, parent_id, role, parts, status, generation_id, model, metadata)
        where new.id is not null
        order by wanted.id, new.rank
        on conflict (chat_id, id) do update set
          status = 'streaming', error = null, generation_id = excluded.generation_id, model = excluded.model,
          metadata = (message.metadata - 'finishReason') || excluded.metadata
          where message.role = 'assistant' and excluded.role = 'assistant'
            and exists (select from wanted where wanted.id = excluded.generation_id and wanted.kind = 'continue')
        returning id
      ), ${telling(
        sql`(select * from started where ${comesAfter(sql`written`)})`,
        "generation-started",
        sql`jsonb_build_object('chatId', source.chat_id, 'generationId', source.id, 'messageId', source.message_id)`,
      )}
      select * from started`,
  );
  const byId = new Map(found.map((generation) => [generation.id, generation]));
  return all.map(({ id }) => {
    const generation = byId.get(id);
    return generation ? { outcome: "started", generation } : null;
  });
}

async function findObstacle(db: Db, { userId, requestId, chatId }: NewGeneration): Promise<Started | null> {
  const [found] = await rows(
    db,
    z.looseObject({ is_same_request: z.boolean(), is_kept: z.boolean() }),
    sql`
      select ${columns}, (user_id = ${userId} and request_id = ${requestId}) as is_same_request,
        exists (select from chat where chat.id = generation.chat_id and ${isKept}) as is_kept
      from generation
      where (user_id = ${userId} and request_id = ${requestId}) or (chat_id = ${chatId} and status in ${active})
      order by is_same_request desc limit 1`,
  );
  if (!found) return null;
  if (!found.is_kept) return { outcome: "not-found" };
  const generation = generationRow.parse(found);
  if (found.is_same_request) return { outcome: "known", generation };
  if (generation.userId !== userId) return { outcome: "not-found" };
  return { outcome: "busy", generationId: generation.id };
}
