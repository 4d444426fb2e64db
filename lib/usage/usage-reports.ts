import type { Actor } from "@/lib/accounts/actor";
import { AppError } from "@/lib/errors/app-error";
import type { ModelDirectory } from "@/lib/models/directory";
import { dayIn, daysBefore } from "./days";
import type { UsageFigures, UsageItem, UsageReport, usageGroupings, usageScopes } from "./usage-report";

/** Days are whole ones of the time zone, both included. */
export interface UsageRange {
  /** `null`: what the installation's keys have paid for, whoever asked. */
  userId: string | null;
  from: string;
  to: string;
  timeZone: string;
  chatId: string | null;
}

export interface UsageReader {
  total(range: UsageRange): Promise<UsageFigures>;
  /** Days in their order, all else by what it cost, the dearest first. */
  items(
    range: UsageRange,
    by: (typeof usageGroupings)[number],
    cursor: string | null,
    limit: number,
  ): Promise<{ items: UsageItem[]; nextCursor: string | null }>;
}

export interface UsageQuery {
  scope: (typeof usageScopes)[number];
  by: (typeof usageGroupings)[number];
  from?: string;
  to?: string;
  tz: string;
  chat?: string;
  cursor?: string;
  limit: number;
}

const daysByDefault = 30;

export type UsageReports = ReturnType<typeof createUsageReports>;

/**
 * What was spent. What everybody spends with the installation's keys is the administrator's to see, by day,
 * model, key and person; what people talk about is not.
 */
export function createUsageReports(
  reader: UsageReader,
  models: Pick<ModelDirectory, "providerName">,
  now: () => Date = () => new Date(),
) {
  /** An endpoint is known by the name that its person has given it. */
  async function named({ userId }: Actor, item: UsageItem): Promise<UsageItem> {
    return item.provider === null
      ? item
      : { ...item, provider: await models.providerName(userId, item.provider) };
  }

  function rangeOf(actor: Actor, { scope, by, from, to, tz, chat }: UsageQuery): UsageRange {
    if (scope === "installation" && !actor.isAdministrator)
      throw new AppError("forbidden", "only the administrator sees everybody's costs");
    const isPrivate = scope === "installation" && (by === "chat" || chat !== undefined);
    if (isPrivate || (scope === "own" && by === "person"))
      throw new AppError("invalid_request", "no such grouping", { details: { field: "by" } });
    const last = to ?? dayIn(tz, now());
    const first = from ?? (chat === undefined ? daysBefore(last, daysByDefault - 1) : "1970-01-01");
    const userId = scope === "own" ? actor.userId : null;
    return { userId, from: first, to: last, timeZone: tz, chatId: chat ?? null };
  }

  return {
    async report(actor: Actor, query: UsageQuery): Promise<UsageReport> {
      const range = rangeOf(actor, query);
      const { by, tz, cursor, limit } = query;
      const [total, page] = await Promise.all([
        reader.total(range),
        reader.items(range, by, cursor ?? null, limit),
      ]);
      const items = await Promise.all(page.items.map((item) => named(actor, item)));
      return { from: range.from, to: range.to, tz, by, total, items, nextCursor: page.nextCursor };
    },

    /** All items, however many pages they are. */
    async *items(actor: Actor, query: UsageQuery): AsyncGenerator<UsageItem> {
      const range = rangeOf(actor, query);
      let cursor = query.cursor ?? null;
      do {
        const page = await reader.items(range, query.by, cursor, query.limit);
        for (const item of page.items) yield named(actor, item);
        cursor = page.nextCursor;
      } while (cursor !== null);
    },
  };
}
