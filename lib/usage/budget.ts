import { z } from "zod";

export const budgetPeriods = ["day", "week", "month"] as const;

export const limitMicrosMax = 1_000_000_000_000;

/** As many people as all guests together may spend for, where their budget is not set: whoever limits people limits guests. */
export const guestsShare = 10;

/** How much may be spent from one renewal to the next. Money is millionths of a US dollar; periods begin in UTC, weeks on Monday. */
export const budgetSchema = z.object({
  /** `null` for no limit. */
  limitMicros: z.number().int().nonnegative().max(limitMicrosMax).nullable().default(null),
  period: z.enum(budgetPeriods).default("month"),
});

export type Budget = z.infer<typeof budgetSchema>;
