import { type SQL, sql } from "drizzle-orm";

/**
 * What an answer's metadata says of its cost: the sum over all that wrote it, and nothing while that of one is not known.
 * `generation` is the one that has `costMicros` from now on.
 */
export function costOfMessage(generation: SQL, costMicros: SQL): SQL {
  return sql`(
    select case
      when ${costMicros} is null or not bool_and(other.cost_micros is not null) then '{}'::jsonb
      else jsonb_build_object('costMicros', (${costMicros} + coalesce(sum(other.cost_micros), 0))::bigint)
    end
    from generation other
    where other.chat_id = ${generation}.chat_id and other.message_id = ${generation}.message_id
      and other.id <> ${generation}.id)`;
}
