import { sql } from "drizzle-orm";
import { z } from "zod";
import { budgetSchema } from "@/lib/usage/budget";
import { type Standing, standingOf } from "@/lib/usage/standing";
import { budgetOwners } from "@/lib/usage/usage-source";
import type { Db } from "./client";
import { rows } from "./rows";
import { guestsBudget, lengthOf, limitOf, periodName, spentByGuestsSince, spentSince } from "./spending";

const standingRow = z
  .object({
    budget: z.enum(budgetOwners),
    settings: budgetSchema.catch(budgetSchema.parse({})),
    spent_micros: z.coerce.number(),
    held_micros: z.coerce.number(),
    now: z.coerce.date(),
  })
  .transform((row) =>
    standingOf(
      row.budget,
      row.settings,
      { spentMicros: row.spent_micros, heldMicros: row.held_micros },
      row.now,
    ),
  );

/** The person's own budget, the installation's for them and, of a guest, that of all guests where there is one, by the database's clock. */
export function readStandings(db: Db, userId: string): Promise<Standing[]> {
  return rows(
    db,
    standingRow,
    sql`
      with given as (
        select budget, coalesce(settings, '{}'::jsonb) as settings from (values
          ('person', (select settings -> 'budget' from person_settings where user_id = ${userId})),
          ('installation', (select settings -> 'budget' from installation)),
          ('guests', (select ${guestsBudget} from installation))
        ) as given (budget, settings)
        where budget <> 'guests' or (
          ${limitOf(sql`settings`)} is not null
          and exists (select from "user" where id = ${userId} and is_anonymous))
      ), periods as (
        select given.*, ${periodName(lengthOf(sql`settings`), sql`now()`)} as period,
          date_trunc(${lengthOf(sql`settings`)}, now() at time zone 'UTC') at time zone 'UTC' as starts_at
        from given
      ), begun as (
        -- What all of them have spent is summed once; the second of two that do so at once takes what it finds.
        insert into guest_spending as counter (period, spent_micros)
        select period, ${spentByGuestsSince(sql`starts_at`)} from periods
        where budget = 'guests'
          and not exists (select from guest_spending known where known.period = periods.period)
        on conflict (period) do update set spent_micros = counter.spent_micros
        returning period, spent_micros, held_micros
      )
      select periods.budget, settings, now() as now,
        coalesce(spending.held_micros, guests.held_micros, begun.held_micros, 0) as held_micros,
        coalesce(spending.spent_micros, guests.spent_micros, begun.spent_micros,
          ${spentSince(sql`${userId}`, sql`periods.budget`, sql`starts_at`)}) as spent_micros
      from periods
      left join spending
        on spending.user_id = ${userId} and spending.budget = periods.budget and spending.period = periods.period
      left join guest_spending guests on periods.budget = 'guests' and guests.period = periods.period
      left join begun on periods.budget = 'guests' and begun.period = periods.period
      order by periods.budget desc`,
  );
}
