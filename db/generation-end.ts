import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Part } from "@/lib/chats/part";
import type { Batch } from "@/lib/streaming/batch";
import { type Ending, isActive, type Lease } from "@/lib/streaming/generation";
import type { GenerationStore } from "@/lib/streaming/generation-store";
import { completeCosts } from "./answer-costs";
import type { Db } from "./client";
import { telling } from "./event-log";
import { active, columns, generationRow } from "./generation-row";
import { grouped } from "./grouped";
import { comesAfter } from "./lock-order";
import { costOfMessage } from "./message-cost";
import { rows } from "./rows";
import { settling } from "./spending";
import { firstAskedAfterMs } from "./usage-ledger";

interface Ended {
  lease: Lease;
  ending: Ending;
  parts: readonly Part[];
  batch: Batch;
}

/** Answers that end at once are completed by one statement, each of them wholly or not at all. */
export function createGenerationEnd(db: Db): GenerationStore["end"] {
  const endOne = grouped((all: readonly Ended[]) => endAll(db, all));

  return async (lease, ending, parts, batch) => {
    if (await endOne({ lease, ending, parts, batch })) return true;
    const [now] = await rows(
      db,
      generationRow,
      sql`select ${columns} from generation where id = ${lease.generationId}`,
    );
    return (
      now !== undefined && now.epoch === lease.epoch && !isActive(now.status) && now.lastSeq === batch.toSeq
    );
  };
}

async function endAll(db: Db, all: readonly Ended[]): Promise<boolean[]> {
  const due = all.map(({ lease, ending, parts, batch }) => ({
    id: lease.generationId,
    epoch: lease.epoch,
    status: ending.status,
    message_status: ending.status === "completed" ? "complete" : ending.status,
    usage: ending.usage,
    cost_micros: ending.costMicros,
    is_billed: ending.bill !== null,
    is_free: ending.bill === null && ending.status !== "completed",
    provider: ending.bill?.provider ?? null,
    upstream_id: ending.bill?.upstreamId ?? null,
    used: ending.bill?.usage ?? null,
    billed_micros: ending.bill?.costMicros ?? null,
    source: ending.bill?.source ?? "reported",
    is_askable: ending.bill?.isAskable ?? false,
    error: ending.error ?? null,
    parts,
    metadata: {
      ...(ending.seams.length > 0 && { seams: ending.seams }),
      ...(ending.cutReason && { finishReason: ending.cutReason }),
    },
    from_seq: batch.fromSeq,
    to_seq: batch.toSeq,
    body: batch.body,
  }));
  const ended = await rows(
    db,
    z.object({ id: z.string(), is_one_of_many: z.boolean() }),
    sql`
      with due as (
        select * from json_to_recordset(${JSON.stringify(due)}::json) as due
          (id text, epoch int, status text, message_status text, usage jsonb, cost_micros bigint, error jsonb,
           is_billed boolean, is_free boolean, provider text, upstream_id text, used jsonb, billed_micros bigint, source text,
           is_askable boolean, parts jsonb, metadata jsonb, from_seq int, to_seq int, body text)
      ), answers as (
        select id from generation where id in (select id from due) order by id for no key update
      ), ended as (
        update generation set
          status = due.status, usage = due.usage, error = due.error,
          -- With what all its former writers asked for; not known while one of these is not.
          cost_micros = (
            select case when bool_and(former.source in ('reported', 'reconciled')) is not false
              then case when due.is_free then 0 else due.cost_micros end + coalesce(sum(former.cost_micros), 0) end
            from usage_entry former where former.generation_id = due.id and former.id <> former.generation_id
          ),
          last_seq = due.to_seq, finished_at = now(),
          -- An answer that came between two flushes.
          first_token_at = coalesce(first_token_at, case when jsonb_array_length(due.parts) > 0 then now() end)
        from due join answers on answers.id = due.id
        where generation.id = due.id and generation.epoch = due.epoch and generation.status in ${active}
          and last_seq = due.from_seq - 1
        returning generation.id, generation.epoch, chat_id, user_id, message_id, generation.status, model, route,
          generation.created_at, generation.cost_micros
      ), logged as (
        insert into generation_event (generation_id, epoch, from_seq, to_seq, body)
        select due.id, due.epoch, due.from_seq, due.to_seq, due.body from due join ended on ended.id = due.id
      ), chats as (
        select chat.id from chat join ended on ended.chat_id = chat.id order by chat.id for no key update of chat
      ), touched as (
        update chat set
          updated_at = now(),
          -- Whoever stops an answer is looking at it.
          unread_since = case when ended.status = 'stopped' then unread_since else now() end
        from ended join chats on chats.id = ended.chat_id
        where chat.id = ended.chat_id
        returning chat.id
      ), written as (
        update message set
          parts = due.parts, status = due.message_status, usage = due.usage, error = due.error,
          metadata = (message.metadata - 'costMicros') || due.metadata || ${costOfMessage(sql`ended`, sql`ended.cost_micros`)}
        from due join ended on ended.id = due.id
        where message.chat_id = ended.chat_id and message.id = ended.message_id and ${comesAfter(sql`touched`)}
        returning message.id
      ), before as (
        select usage_entry.* from usage_entry join ended on ended.id = usage_entry.id and source = 'held'
      ), billed as (
        insert into usage_entry as entry
          (id, kind, generation_id, user_id, chat_id, model, provider, payer, credential_id, upstream_id,
           input_tokens, output_tokens, reasoning_tokens, cached_tokens, cost_micros, source, reconcile_at, created_at)
        select
          ended.id, 'answer', ended.id, user_id, chat_id, ended.model,
          coalesce(route ->> 'provider', due.provider, ''), coalesce(route ->> 'payer', 'installation'),
          route ->> 'credentialId', due.upstream_id, (used ->> 'inputTokens')::int, (used ->> 'outputTokens')::int,
          (used ->> 'reasoningTokens')::int, (used ->> 'cachedTokens')::int,
          case when is_billed then billed_micros else 0 end, due.source,
          case when is_askable then now() + ${`${firstAskedAfterMs} milliseconds`}::interval end, ended.created_at
        from ended join due on due.id = ended.id
        where is_billed or ended.id in (select id from before)
        on conflict (id) do update set
          upstream_id = excluded.upstream_id, input_tokens = excluded.input_tokens,
          output_tokens = excluded.output_tokens, reasoning_tokens = excluded.reasoning_tokens,
          cached_tokens = excluded.cached_tokens, cost_micros = excluded.cost_micros, source = excluded.source,
          reconcile_at = excluded.reconcile_at, held_micros = null, updated_at = now()
        returning id, user_id, payer, created_at, cost_micros
      ), ${settling(sql`(
        select billed.*, before.held_micros, before.person_period, before.installation_period, before.guests_period
        from billed left join before on before.id = billed.id)`)}, ${telling(
        sql`(select * from ended where ${comesAfter(sql`written`)})`,
        "generation-ended",
        sql`jsonb_build_object(
          'chatId', source.chat_id, 'generationId', source.id, 'messageId', source.message_id, 'status', source.status)`,
      )}
      select id, exists (
          select from usage_entry former where former.generation_id = ended.id and former.id <> former.generation_id
        ) or exists (
          select from generation other
          where other.chat_id = ended.chat_id and other.message_id = ended.message_id and other.id <> ended.id
        ) as is_one_of_many
      from ended`,
  );
  await completeCosts(
    db,
    ended.filter((one) => one.is_one_of_many).map(({ id }) => id),
  );
  const ids = new Set(ended.map(({ id }) => id));
  return all.map(({ lease }) => ids.has(lease.generationId));
}
