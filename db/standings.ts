import { sql } from "drizzle-orm";
import { z } from "zod";
import { budgetSchema } from "@/lib/usage/budget";
import { type Standing, standingOf } from "@/lib/usage/standing";
import { budgetOwners } from "@/lib/usage/usage-source";
import type { Db } from "./client";
import { rows } from "./rows";
import { lengthOf, periodName, spentSince } from "./spending";

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

/** The person's own budget and the installation's for them, by the database's clock. */
export function readStandings(db: Db, userId: string): Promise<Standing[]> {
  return rows(
    db,
    standingRow,
    sql`
      with given as (
        select budget, coalesce(settings, '{}'::jsonb) as settings from (values
          ('person', (select settings -> 'budget' from person_settings where user_id = ${userId})),
          ('installation', (select settings -> 'budget' from installation))
        ) as given (budget, settings)
      ), periods as (
        select given.*, ${periodName(lengthOf(sql`settings`), sql`now()`)} as period,
          date_trunc(${lengthOf(sql`settings`)}, now() at time zone 'UTC') at time zone 'UTC' as starts_at
        from given
      )
      select periods.budget, settings, now() as now, coalesce(held_micros, 0) as held_micros,
        coalesce(spent_micros, ${spentSince(sql`${userId}`, sql`periods.budget`, sql`starts_at`)}) as spent_micros
      from periods
      left join spending
        on spending.user_id = ${userId} and spending.budget = periods.budget and spending.period = periods.period
      order by periods.budget desc`,
  );
}
