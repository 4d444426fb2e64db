import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { AppError } from "@/lib/errors/app-error";
import { usageFiguresSchema, type usageGroupings, usageItemSchema } from "@/lib/usage/usage-report";
import type { UsageRange, UsageReader } from "@/lib/usage/usage-reports";
import { isKept } from "./chat-purge";
import type { Db } from "./client";
import { rows } from "./rows";
import { sqlState } from "./sql-state";

type Grouping = (typeof usageGroupings)[number];

const invalidParameter = "22023";
const figureNames = Object.keys(usageFiguresSchema.shape);
const itemRow = z.preprocess(withNumbers, usageItemSchema);
const totalRow = z.preprocess(withNumbers, usageFiguresSchema);
const cursorSchema = z.tuple([z.number().int(), z.string()]);

export function createUsageReader(db: Db): UsageReader {
  return {
    async total(range) {
      const [total] = await known(
        rows(db, totalRow, sql`select ${figures} from usage_entry where ${isIn(range)}`),
      );
      if (!total) throw new RangeError("a sum gave no row");
      return total;
    },

    async items(range, by, cursor, limit) {
      const { key, name, join, about } = columnsOf[by](range);
      const order = by === "day" ? sql`key` : sql`"costMicros" desc, key`;
      const found = await known(
        rows(
          db,
          itemRow,
          sql`
            select * from (
              select ${key} as key, ${name} as name, ${about ?? sql`null as payer, null as provider`}, ${figures}
              from usage_entry ${join ?? sql``}
              where ${isIn(range)}
              group by 1, 2, 3, 4
            ) as item
            where ${after(by, cursor)}
            order by ${order} limit ${limit + 1}`,
        ),
      );
      const items = found.slice(0, limit);
      const last = items.at(-1);
      return { items, nextCursor: found.length > limit && last ? cursorOf(last) : null };
    },
  };
}

/** What is still being written has no cost yet. */
function isIn({ userId, from, to, timeZone, chatId }: UsageRange): SQL {
  const whose =
    userId === null ? sql`usage_entry.payer = 'installation'` : sql`usage_entry.user_id = ${userId}`;
  const where = chatId === null ? sql`true` : sql`usage_entry.chat_id = ${chatId}`;
  return sql`${whose} and ${where} and usage_entry.source <> 'held'
    and usage_entry.created_at >= ${from}::date::timestamp at time zone ${timeZone}
    and usage_entry.created_at < (${to}::date + 1)::timestamp at time zone ${timeZone}`;
}

const figures = sql`
  count(*) as calls,
  coalesce(sum(cost_micros), 0) as "costMicros",
  coalesce(sum(cost_micros) filter (where source = 'estimated'), 0) as "estimatedMicros",
  count(*) filter (where cost_micros is null) as "unknownCalls",
  coalesce(sum(input_tokens), 0) as "inputTokens",
  coalesce(sum(output_tokens), 0) as "outputTokens",
  coalesce(sum(reasoning_tokens), 0) as "reasoningTokens",
  coalesce(sum(cached_tokens), 0) as "cachedTokens"`;

interface Columns {
  key: SQL;
  name: SQL;
  join?: SQL;
  about?: SQL;
}

const nameless = sql`null::text`;

const columnsOf: Record<Grouping, (range: UsageRange) => Columns> = {
  day: ({ timeZone }) => ({
    key: sql`to_char(usage_entry.created_at at time zone ${timeZone}, 'YYYY-MM-DD')`,
    name: nameless,
  }),
  model: () => ({ key: sql`usage_entry.model`, name: nameless }),
  chat: () => ({
    key: sql`usage_entry.chat_id`,
    name: sql`chat.title`,
    join: sql`
      left join chat on chat.id = usage_entry.chat_id and chat.user_id = usage_entry.user_id and ${isKept}`,
  }),
  key: ({ userId }) => ({
    key: sql`coalesce(credential_id, usage_entry.payer || '/' || usage_entry.provider)`,
    name: sql`credential.masked`,
    // By the installation's keys only the administrator knows one from the other.
    join: sql`
      left join credential on credential.id = usage_entry.credential_id
        and credential.user_id is not distinct from ${userId}::text`,
    about: sql`usage_entry.payer as payer, usage_entry.provider as provider`,
  }),
  person: () => ({
    key: sql`usage_entry.user_id`,
    name: sql`case when "user".is_anonymous then null else "user".name end`,
    join: sql`left join "user" on "user".id = usage_entry.user_id`,
  }),
};

function after(by: Grouping, cursor: string | null): SQL {
  if (cursor === null) return sql`true`;
  const [costMicros, key] = readCursor(cursor);
  if (by === "day") return sql`key > ${key}`;
  return sql`("costMicros" < ${costMicros}::bigint or ("costMicros" = ${costMicros}::bigint and key > ${key}))`;
}

function cursorOf({ costMicros, key }: { costMicros: number; key: string }): string {
  return Buffer.from(JSON.stringify([costMicros, key])).toString("base64url");
}

function readCursor(cursor: string): [number, string] {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch (cause) {
    throw new AppError("invalid_request", "malformed cursor", { cause, details: { field: "cursor" } });
  }
}

/** Sums are text, or of a type of their own, as the driver has it. */
function withNumbers(row: unknown): unknown {
  if (typeof row !== "object" || row === null) return row;
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, figureNames.includes(name) ? Number(value) : value]),
  );
}

/** A time zone that JavaScript knows and the database does not. */
function known<T>(reading: Promise<T>): Promise<T> {
  return reading.catch((cause: unknown) => {
    if (sqlState(cause) !== invalidParameter) throw cause;
    throw new AppError("invalid_request", "the database does not know it", {
      cause,
      details: { field: "tz" },
    });
  });
}
