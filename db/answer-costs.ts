import { type SQL, sql } from "drizzle-orm";
import type { Db } from "./client";
import { telling } from "./event-log";
import { active } from "./generation-row";

/**
 * Puts what answers came to on their generations and messages where all calls that wrote them are known, and tells of
 * it. To be called once what became known is committed: of several that become known at once, whoever looks last sees
 * all of them.
 */
export async function completeCosts(db: Db, generationIds: readonly string[]): Promise<void> {
  if (generationIds.length === 0) return;
  const given = sql`
    select id, chat_id, message_id, user_id from generation
    where id in (select json_array_elements_text(${JSON.stringify(generationIds)}::json))`;
  await db.transaction(async (tx) => {
    // A statement that waits for a row goes on with the calls that it saw before; only the next one sees what was
    // committed meanwhile.
    await tx.execute(sql`
      select from generation where (chat_id, message_id) in (select chat_id, message_id from (${given}) as given)
      order by id for update`);
    await tx.execute(sumUp(given));
  });
}

/** The rows of all generations that wrote the messages of those that are `given` are held. */
function sumUp(given: SQL): SQL {
  return sql`
    with given as (${given}), writings as (
      select id, chat_id, message_id, status in ${active} as is_active, cost_micros from generation
      where (chat_id, message_id) in (select chat_id, message_id from given)
    ), sums as (
      select writings.id, sum(entry.cost_micros)::bigint as cost_micros, jsonb_build_object(
        'inputTokens', sum(input_tokens), 'outputTokens', sum(output_tokens),
        'reasoningTokens', sum(reasoning_tokens), 'cachedTokens', sum(cached_tokens)) as usage
      from writings
      join usage_entry entry on entry.id = writings.id
        or (entry.generation_id = writings.id and entry.id <> entry.generation_id)
      where not is_active
      group by writings.id having bool_and(source in ('reported', 'reconciled'))
    ), completed as (
      update generation set cost_micros = sums.cost_micros, usage = sums.usage
      from sums where generation.id = sums.id and generation.cost_micros is distinct from sums.cost_micros
      returning generation.id, generation.chat_id, generation.message_id, generation.usage
    ), known as (
      select chat_id, message_id, jsonb_build_object('costMicros',
        sum(coalesce(sums.cost_micros, writings.cost_micros))::bigint) as cost
      from writings left join sums on sums.id = writings.id
      group by chat_id, message_id having bool_and(coalesce(sums.cost_micros, writings.cost_micros) is not null)
    ), shown as (
      update message set
        usage = coalesce((select usage from completed where completed.id = message.generation_id), usage),
        metadata = metadata || coalesce(known.cost, '{}'::jsonb)
      from (select distinct chat_id, message_id from given) as about
      left join known using (chat_id, message_id)
      where message.chat_id = about.chat_id and message.id = about.message_id and message.status <> 'streaming'
        and (not metadata @> known.cost or message.generation_id in (select id from completed))
      returning message.chat_id, message.id as message_id
    ), changed as (
      select * from given where (chat_id, message_id) in (
        select chat_id, message_id from completed union select chat_id, message_id from shown)
    ), ${telling(
      sql`changed`,
      "cost-known",
      sql`jsonb_build_object('chatId', source.chat_id, 'generationId', source.id, 'messageId', source.message_id)`,
    )}
    select 1`;
}
