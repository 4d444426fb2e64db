import { sql } from "drizzle-orm";
import { z } from "zod";
import { routeSchema } from "@/lib/models/route";
import type { DueEntry, UsageLedger, UsageNote } from "@/lib/usage/ledger";
import { completeCosts } from "./answer-costs";
import type { Db } from "./client";
import { rows } from "./rows";
import { settling } from "./spending";
import { foreignKeyViolation, sqlState } from "./sql-state";
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
    provider: z.string(),
    payer: routeSchema.shape.payer,
    credential_id: z.string().nullable(),
    upstream_id: z.string(),
  })
  .transform(
    ({ provider, payer, ...row }): DueEntry => ({
      id: row.id,
      userId: row.user_id,
      route: { provider, payer, credentialId: row.credential_id },
      upstreamId: row.upstream_id,
    }),
  );

const nothingHeld = sql`
  0::bigint as held_micros, null::text as person_period, null::text as installation_period`;

export function createUsageLedger(db: Db): UsageLedger {
  return {
    async note(given) {
      // A guest who becomes an account just now has their chat there when that is done.
      await note(db, given).catch((error) => {
        if (sqlState(error) !== foreignKeyViolation) throw error;
        return note(db, given);
      });
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
          returning id, user_id, provider, payer, credential_id, upstream_id`,
      ),

    async reconcile(id, { usage, costMicros }) {
      const [known] = await rows(
        db,
        z.object({ user_id: z.string(), generation_id: z.string().nullable() }),
        sql`
          with former as (
            select id, cost_micros from usage_entry where id = ${id} and source = 'estimated' for update
          ), known as (
            update usage_entry entry set
              cost_micros = ${costMicros}::bigint, source = 'reconciled', reconcile_at = null, updated_at = now(),
              input_tokens = coalesce(${usage?.inputTokens ?? null}::int, entry.input_tokens),
              output_tokens = coalesce(${usage?.outputTokens ?? null}::int, entry.output_tokens),
              reasoning_tokens = coalesce(${usage?.reasoningTokens ?? null}::int, entry.reasoning_tokens),
              cached_tokens = coalesce(${usage?.cachedTokens ?? null}::int, entry.cached_tokens)
            from former where entry.id = former.id
            returning entry.*, ${costMicros}::bigint - coalesce(former.cost_micros, 0) as more_micros
          ), ${settling(sql`(
            select user_id, payer, created_at, more_micros as cost_micros, guests_period, ${nothingHeld}
            from known)`)}
          select user_id, generation_id from known`,
      );
      if (!known) return null;
      if (known.generation_id !== null) await completeCosts(db, [known.generation_id]);
      return { userId: known.user_id };
    },

    async giveUp(id) {
      await db.execute(sql`
        update usage_entry set reconcile_at = null, is_key_gone = true, updated_at = now()
        where id = ${id} and source = 'estimated'`);
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

async function note(
  db: Db,
  { id, kind, generationId, userId, chatId, model, route, bill }: UsageNote,
): Promise<void> {
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
      -- Whoever has been erased since leaves nothing behind; a guest's chat may be an account's by now.
      from "user" where "user".id = coalesce((select user_id from chat where chat.id = ${chatId}), ${userId})
      on conflict do nothing
      returning user_id, payer, created_at, cost_micros
    ), ${settling(sql`(
      select added.*, ${nothingHeld}, null::text as guests_period from added)`)}
    select 1`);
}
