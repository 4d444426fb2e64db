import { type SQL, sql } from "drizzle-orm";
import { guestsShare, limitMicrosMax } from "@/lib/usage/budget";
import { comesAfter } from "./lock-order";

/** The name of the period that a moment is in, as `periodAt` gives it. */
export function periodName(length: SQL, at: SQL): SQL {
  return sql`${length} || ' ' || to_char(date_trunc(${length}, ${at} at time zone 'UTC'), 'YYYY-MM-DD')`;
}

/** Settings of another version must not stop anybody's questions: what cannot be read limits nothing. */
export function limitOf(settings: SQL): SQL {
  return sql`case jsonb_typeof(${settings} -> 'limitMicros') when 'number' then (${settings} ->> 'limitMicros')::numeric::bigint end`;
}

export function lengthOf(settings: SQL): SQL {
  return sql`case when ${settings} ->> 'period' in ('day', 'week', 'month') then ${settings} ->> 'period' else 'month' end`;
}

/** What was spent in a period before anybody counted. */
export function spentSince(userId: SQL, budget: SQL, startsAt: SQL): SQL {
  return sql`(
    select coalesce(sum(cost_micros), 0)::bigint from usage_entry
    where usage_entry.user_id = ${userId} and usage_entry.created_at >= ${startsAt} and source <> 'held'
      and (${budget} = 'person' or payer = 'installation'))`;
}

/** The installation's budget for all guests together: where none is set, ten times what one person may spend. */
export const guestsBudget = sql`case
  when jsonb_typeof(installation.settings -> 'guestsBudget') = 'object' then installation.settings -> 'guestsBudget'
  when ${limitOf(sql`installation.settings -> 'budget'`)} is not null then jsonb_build_object(
    'limitMicros', least(${limitMicrosMax}::bigint, ${guestsShare}::bigint * ${limitOf(sql`installation.settings -> 'budget'`)}),
    'period', installation.settings -> 'budget' ->> 'period')
  end`;

/** What the guests that there are have spent in a period before anybody counted. */
export function spentByGuestsSince(startsAt: SQL): SQL {
  return sql`(
    select coalesce(sum(cost_micros), 0)::bigint from usage_entry join "user" on "user".id = usage_entry.user_id
    where "user".is_anonymous and usage_entry.created_at >= ${startsAt} and source <> 'held'
      and payer = 'installation')`;
}

/**
 * Part of a `with` list. Holds back what the answers in `source` (`id`, `user_id`, `chat_id`, `model`, `route`,
 * `hold_micros`) may cost, in every budget that limits them, and notes it in the ledger. Where one of them has not so much
 * left, the note would have no person, and its constraint undoes the whole statement.
 */
export function holding(source: SQL): SQL {
  return sql`
    limits as (
      select
        wanted.id, wanted.user_id, wanted.chat_id, wanted.model, wanted.route, wanted.hold_micros,
        given.budget, ${limitOf(sql`given.settings`)} as limit_micros,
        date_trunc(${lengthOf(sql`given.settings`)}, now() at time zone 'UTC') at time zone 'UTC' as starts_at,
        ${periodName(lengthOf(sql`given.settings`), sql`now()`)} as period
      from ${source} as wanted
      left join person_settings on person_settings.user_id = wanted.user_id
      left join installation on wanted.route ->> 'payer' = 'installation'
      cross join lateral (values
        ('person', person_settings.settings -> 'budget'),
        ('installation', installation.settings -> 'budget'),
        ('guests', (select ${guestsBudget} from "user" where "user".id = wanted.user_id and "user".is_anonymous))
      ) as given (budget, settings)
      where wanted.hold_micros > 0 and ${limitOf(sql`given.settings`)} is not null
    ), held as (
      insert into spending as counter (user_id, budget, period, spent_micros, held_micros)
      select wanted.user_id, wanted.budget, wanted.period, before.spent, wanted.hold_micros
      from (
        select user_id, budget, period, starts_at, limit_micros, sum(hold_micros)::bigint as hold_micros
        from limits where budget <> 'guests' group by user_id, budget, period, starts_at, limit_micros
      ) as wanted
      left join spending known using (user_id, budget, period)
      cross join lateral (
        select case
          when known.user_id is null then ${spentSince(sql`wanted.user_id`, sql`wanted.budget`, sql`wanted.starts_at`)}
          else 0
        end as spent
      ) as before
      where known.user_id is not null or before.spent + wanted.hold_micros <= wanted.limit_micros
      order by user_id, budget, period
      on conflict (user_id, budget, period) do update set held_micros = counter.held_micros + excluded.held_micros
        where counter.spent_micros + counter.held_micros + excluded.held_micros <= (
          select min(limit_micros) from limits
          where limits.user_id = excluded.user_id and limits.budget = excluded.budget)
      returning user_id, budget, period
    ), held_for_guests as (
      insert into guest_spending as counter (period, spent_micros, held_micros)
      select wanted.period, before.spent, wanted.hold_micros
      from (
        select period, starts_at, limit_micros, sum(hold_micros)::bigint as hold_micros
        from limits where budget = 'guests' group by period, starts_at, limit_micros
      ) as wanted
      left join guest_spending known using (period)
      cross join lateral (
        select case when known.period is null then ${spentByGuestsSince(sql`wanted.starts_at`)} else 0 end as spent
      ) as before
      where ${comesAfter(sql`held`)}
        and (known.period is not null or before.spent + wanted.hold_micros <= wanted.limit_micros)
      on conflict (period) do update set held_micros = counter.held_micros + excluded.held_micros
        where counter.spent_micros + counter.held_micros + excluded.held_micros <= (
          select min(limit_micros) from limits where limits.budget = 'guests')
      returning period
    ), noted as (
      insert into usage_entry
        (id, kind, generation_id, user_id, chat_id, model, provider, payer, credential_id, source, held_micros,
         person_period, installation_period, guests_period)
      select
        limits.id, 'answer', limits.id,
        case when bool_and(held.user_id is not null or held_for_guests.period is not null) then limits.user_id end,
        limits.chat_id, limits.model, limits.route ->> 'provider', limits.route ->> 'payer',
        limits.route ->> 'credentialId', 'held', limits.hold_micros,
        max(limits.period) filter (where limits.budget = 'person'),
        max(limits.period) filter (where limits.budget = 'installation'),
        max(limits.period) filter (where limits.budget = 'guests')
      from limits
      left join held using (user_id, budget, period)
      left join held_for_guests on limits.budget = 'guests' and held_for_guests.period = limits.period
      group by limits.id, limits.user_id, limits.chat_id, limits.model, limits.route, limits.hold_micros
    )`;
}

/**
 * Part of a `with` list. Adds what was spent to every counter that there is of its time, and gives back what was held.
 * `source` has `user_id`, `payer`, `created_at`, `cost_micros` (what is new of it), `held_micros`, `person_period`,
 * `installation_period` and `guests_period`. Where a limit needs a counter that is not there, it begins here: an answer
 * that begins meanwhile would sum up what there is without this.
 */
export function settling(source: SQL): SQL {
  return sql`
    changes as (
      select user_id, budget, period,
        sum(coalesce(cost_micros, 0))::bigint as spent_micros,
        sum(case when period = held_in then coalesce(held_micros, 0) else 0 end)::bigint as held_micros
      from (
        select source.*, counted.budget, ${periodName(sql`lengths.length`, sql`source.created_at`)} as period,
          case counted.budget when 'person' then person_period else installation_period end as held_in
        from ${source} as source
        cross join (values ('person'), ('installation')) as counted (budget)
        cross join (values ('day'), ('week'), ('month')) as lengths (length)
        where counted.budget = 'person' or source.payer = 'installation'
      ) as every
      group by user_id, budget, period
    ), settled as (
      insert into spending as counter (user_id, budget, period, spent_micros)
      select user_id, budget, period,
        case when known.user_id is null
          then greatest(0, changes.spent_micros
            + ${spentSince(sql`changes.user_id`, sql`changes.budget`, startOf(sql`changes.period`))})
          else 0
        end
      from changes left join spending known using (user_id, budget, period)
      -- What was held is in a counter, if in one that came to its person while this waited.
      where known.user_id is not null or changes.held_micros > 0 or changes.period = (
        select ${limitedPeriod(sql`given.settings`)} from (
          select case changes.budget
            when 'person' then (select settings -> 'budget' from person_settings where user_id = changes.user_id)
            else (select settings -> 'budget' from installation)
          end as settings
        ) as given)
      order by user_id, budget, period
      on conflict (user_id, budget, period) do update set (spent_micros, held_micros) = (
        select greatest(0, counter.spent_micros + changes.spent_micros),
          greatest(0, counter.held_micros - changes.held_micros)
        from changes
        where (changes.user_id, changes.budget, changes.period) = (excluded.user_id, excluded.budget, excluded.period))
      returning counter.period
    ), guests_changes as (
      select ${periodName(sql`lengths.length`, sql`source.created_at`)} as period,
        sum(coalesce(cost_micros, 0))::bigint as spent_micros,
        sum(case guests_period
          when ${periodName(sql`lengths.length`, sql`source.created_at`)} then coalesce(held_micros, 0) else 0
        end)::bigint as held_micros
      from ${source} as source
      cross join (values ('day'), ('week'), ('month')) as lengths (length)
      where source.payer = 'installation' and (
        guests_period is not null
        or exists (select from "user" where "user".id = source.user_id and "user".is_anonymous))
      group by 1
    ), settled_for_guests as (
      insert into guest_spending as counter (period, spent_micros)
      select period,
        case when known.period is null
          then greatest(0, changes.spent_micros + ${spentByGuestsSince(startOf(sql`changes.period`))})
          else 0
        end
      from guests_changes changes left join guest_spending known using (period)
      where ${comesAfter(sql`settled`)}
        and (known.period is not null
          or changes.period = (select ${limitedPeriod(guestsBudget)} from installation))
      order by period
      on conflict (period) do update set (spent_micros, held_micros) = (
        select greatest(0, counter.spent_micros + changes.spent_micros),
          greatest(0, counter.held_micros - changes.held_micros)
        from guests_changes changes where changes.period = excluded.period)
    )`;
}

/** When a period begins that is named by `periodName`. */
export function startOf(period: SQL): SQL {
  return sql`split_part(${period}, ' ', 2)::timestamp at time zone 'UTC'`;
}

/** The period that a budget counts in just now; null where it limits nothing. */
function limitedPeriod(settings: SQL): SQL {
  return sql`case when ${limitOf(settings)} is not null then ${periodName(lengthOf(settings), sql`now()`)} end`;
}
