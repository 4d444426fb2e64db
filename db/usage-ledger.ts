import { sql } from "drizzle-orm";
import { z } from "zod";
import type { DueEntry, UsageLedger } from "@/lib/usage/ledger";
import type { Db } from "./client";
import { rows } from "./rows";
import { settling } from "./spending";
import { readStandings } from "./standings";

/** A provider knows soon after its answer was broken off what that came to, if not always at once. */
export const firstAskedAfterMs = 10_000;

// After the first question come three more, ever later; then what was estimated stays.
const pausesMs = [60_000, 600_000, 3_600_000];

// Longer than any statement lasts: what is younger is being stored just now.
const lostAfterMs = 60_000;

const dueRow = z
  .object({
    id: z.string(),
    user_id: z.string(),
    model: z.string(),
    provider: z.string(),
    upstream_id: z.string(),
  })
  .transform(
    (row): DueEntry => ({
      id: row.id,
      userId: row.user_id,
      model: row.model,
      provider: row.provider,
      upstreamId: row.upstream_id,
    }),
  );

export function createUsageLedger(db: Db): UsageLedger {
  return {
    async note({ id, kind, generationId, userId, chatId, model, route, bill }) {
      const { usage } = bill;
      await db.execute(sql`
        with added as (
          insert into usage_entry
            (id, kind, generation_id, user_id, chat_id, model, provider, payer, credential_id, upstream_id,
             input_tokens, output_tokens, reasoning_tokens, cached_tokens, cost_micros, source, reconcile_at)
          select
            ${id}, ${kind}, ${generationId}, "user".id, ${chatId}, ${model}, ${route.provider}, ${route.payer},
            ${route.credentialId}, ${bill.upstreamId}, ${usage?.inputTokens ?? null}::int,
            ${usage?.outputTokens ?? null}::int, ${usage?.reasoningTokens ?? null}::int,
            ${usage?.cachedTokens ?? null}::int, ${bill.costMicros}::bigint, ${bill.source},
            case when ${bill.isAskable} then now() + ${`${firstAskedAfterMs} milliseconds`}::interval end
          -- Whoever has been erased since leaves nothing behind.
          from "user" where "user".id = ${userId}
          on conflict do nothing
          returning user_id, payer, created_at, cost_micros
        ), ${settling(sql`(
          select added.*, 0::bigint as held_micros, null::text as person_period, null::text as installation_period
          from added)`)}
        select 1`);
    },

    standings: (userId) => readStandings(db, userId),

    claimDue: (limit) =>
      rows(
        db,
        dueRow,
        sql`
          update usage_entry set
            reconcile_tries = reconcile_tries + 1,
            reconcile_at = case reconcile_tries
              ${sql.join(
                pausesMs.map(
                  (ms, tries) => sql`when ${tries}::int then now() + ${`${ms} milliseconds`}::interval`,
                ),
                sql` `,
              )}
            end
          where id in (
            select id from usage_entry where reconcile_at <= now()
            order by reconcile_at limit ${limit} for update skip locked
          ) and upstream_id is not null
          returning id, user_id, model, provider, upstream_id`,
      ),

    async reconcile(id, { usage, costMicros }) {
      await db.execute(sql`
        with before as (
          select * from usage_entry where id = ${id} and source = 'estimated' for update
        ), known as (
          update usage_entry entry set
            cost_micros = ${costMicros}::bigint, source = 'reconciled', reconcile_at = null, updated_at = now(),
            input_tokens = coalesce(${usage?.inputTokens ?? null}::int, entry.input_tokens),
            output_tokens = coalesce(${usage?.outputTokens ?? null}::int, entry.output_tokens),
            reasoning_tokens = coalesce(${usage?.reasoningTokens ?? null}::int, entry.reasoning_tokens),
            cached_tokens = coalesce(${usage?.cachedTokens ?? null}::int, entry.cached_tokens)
          from before where entry.id = before.id
          returning entry.user_id, entry.payer, entry.created_at, entry.generation_id,
            ${costMicros}::bigint - coalesce(before.cost_micros, 0) as cost_micros
        ), ${settling(sql`(
          select known.*, 0::bigint as held_micros, null::text as person_period, null::text as installation_period
          from known)`)}
        select 1`);
    },

    async releaseLost() {
      await db.execute(sql`
        with lost as (
          select * from usage_entry
          where source = 'held' and updated_at < now() - ${`${lostAfterMs} milliseconds`}::interval
            and not exists (
              select from generation
              where generation.id = usage_entry.generation_id and status in ('queued', 'streaming', 'stopping')
            )
          for update skip locked
        ), released as (
          update usage_entry entry set source = 'estimated', held_micros = null, updated_at = now()
          from lost where entry.id = lost.id
        ), ${settling(sql`(select * from lost)`)}
        select 1`);
    },
  };
}
