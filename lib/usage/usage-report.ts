import { z } from "zod";
import type { Actor } from "@/lib/accounts/actor";
import { AppError } from "@/lib/errors/app-error";

export const usageGroupings = ["day", "model", "chat", "key", "person"] as const;
export const usageScopes = ["own", "installation"] as const;

const count = z.number().int().nonnegative();

export const usageFiguresSchema = z.object({
  /** Calls of models: answers, titles, summaries. */
  calls: count,
  costMicros: count,
  /** How much of it is estimated, not told by the provider. */
  estimatedMicros: count,
  /** Calls of which nobody knows what they cost. */
  unknownCalls: count,
  inputTokens: count,
  outputTokens: count,
  reasoningTokens: count,
  cachedTokens: count,
});

export type UsageFigures = z.infer<typeof usageFiguresSchema>;

export const usageItemSchema = usageFiguresSchema.extend({
  /** The day as `2026-11-20`, or the id of the model, the chat, the key or the person. */
  key: z.string(),
  /** The chat's title, the key as it is recognised, the person's name; `null` where there is none, or not any more. */
  name: z.string().nullable(),
  /** With `by=key`: whose key it is, and for which provider. */
  payer: z.enum(["person", "installation"]).nullable(),
  provider: z.string().nullable(),
});

export type UsageItem = z.infer<typeof usageItemSchema>;

export const usageReportSchema = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  tz: z.string(),
  by: z.enum(usageGroupings),
  total: usageFiguresSchema,
  items: z.array(usageItemSchema),
  nextCursor: z.string().nullable(),
});

export type UsageReport = z.infer<typeof usageReportSchema>;

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
const dayMs = 24 * 60 * 60_000;

export type UsageReports = ReturnType<typeof createUsageReports>;

/**
 * What was spent. What everybody spends with the installation's keys is the administrator's to see, by day,
 * model and person; what people talk about is not.
 */
export function createUsageReports(reader: UsageReader, now: () => Date = () => new Date()) {
  function rangeOf(actor: Actor, { scope, by, from, to, tz, chat }: UsageQuery): UsageRange {
    if (scope === "installation" && !actor.isAdministrator)
      throw new AppError("forbidden", "only the administrator sees everybody's costs");
    const isPrivate = scope === "installation" && (by === "chat" || by === "key" || chat !== undefined);
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
      return { from: range.from, to: range.to, tz, by, total, ...page };
    },

    /** All items, however many pages they are. */
    async *items(actor: Actor, query: UsageQuery): AsyncGenerator<UsageItem> {
      const range = rangeOf(actor, query);
      let cursor = query.cursor ?? null;
      do {
        const page = await reader.items(range, query.by, cursor, query.limit);
        yield* page.items;
        cursor = page.nextCursor;
      } while (cursor !== null);
    },
  };
}

/** Which day it is there: `2026-11-20`. */
export function dayIn(timeZone: string, moment: Date): string {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).formatToParts(moment);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}`;
}

export function daysBefore(day: string, count: number): string {
  return new Date(Date.parse(day) - count * dayMs).toISOString().slice(0, 10);
}
