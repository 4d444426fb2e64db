import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

// As stored, which is compressed. No text of usual length is larger; what is smaller is sooner sent than fetched.
const bytesMax = 100_000;

/** The parts of a message with the addresses of its files in place of the files, where those are of any size. */
export function lightParts({ chatId, id, parts }: Record<"chatId" | "id" | "parts", SQLWrapper>): SQL {
  return sql`
    case when pg_column_size(${parts}) < ${bytesMax}::int then ${parts} else (
      select coalesce(jsonb_agg(
        case when part->>'type' = 'file' and part->>'url' like 'data:%'
          then jsonb_set(part, '{url}', to_jsonb('/api/chats/' || ${chatId} || '/messages/' || ${id} || '/files/' || number))
          else part end
        order by nth), '[]'::jsonb)
      from (
        select part, nth, count(*) filter (where part->>'type' = 'file') over (order by nth) - 1 as number
        from jsonb_array_elements(${parts}) with ordinality as each (part, nth)
      ) as numbered
    ) end`;
}
