import { z } from "zod";
import { idSchema } from "@/lib/chats/id";
import { isTimeZone } from "@/lib/prompts/moment-texts";
import { budgetPeriods } from "@/lib/usage/budget";
import { usageGroupings, usageReportSchema, usageScopes } from "@/lib/usage/usage-report";
import { budgetOwners } from "@/lib/usage/usage-source";
import { nothing } from "./nothing";
import { operation } from "./operation";

// Databases know no year 0, nor do days before its first have a name of ten letters.
const daySchema = z.iso.date().refine((day) => day >= "1000", "is too long ago");

export const getUsage = operation({
  method: "GET",
  path: "/api/usage",
  summary:
    "What was spent from one day to another, by day, model, chat or key; for the administrator what everybody did, by day, model, key or person. With Accept: text/csv or format=csv as a table of all items.",
  params: nothing,
  query: z.object({
    scope: z.enum(usageScopes).default("own"),
    by: z.enum(usageGroupings).default("day"),
    from: daySchema.optional(),
    to: daySchema.optional(),
    // Offsets such as +02:00 have no days of their own in every database.
    tz: z
      .string()
      .max(64)
      .refine((name) => isTimeZone(name) && /^[A-Za-z]/.test(name), "is no time zone")
      .default("UTC"),
    chat: idSchema.optional(),
    cursor: z.string().max(400).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
    format: z.enum(["json", "csv"]).optional(),
  }),
  body: nothing,
  answer: usageReportSchema,
});

export const standingSchema = z.object({
  whose: z.enum(budgetOwners),
  /** `null` where nothing is limited. */
  limitMicros: z.number().int().nonnegative().nullable(),
  period: z.enum(budgetPeriods),
  spentMicros: z.number().int().nonnegative(),
  heldMicros: z.number().int().nonnegative(),
  leftMicros: z.number().int().nonnegative().nullable(),
  startsAt: z.iso.datetime(),
  renewsAt: z.iso.datetime(),
});

export type ToldStanding = z.infer<typeof standingSchema>;

const micros = z.number().int().nonnegative();

export const estimateUsage = operation({
  method: "GET",
  path: "/api/usage/estimate",
  summary:
    "What a question of so many tokens would cost with the chat's model, or another: the question alone, with a usual answer, and with the longest; and the limit that leaves the least.",
  params: nothing,
  query: z.object({
    chat: idSchema.optional(),
    model: z.string().min(1).max(200).optional(),
    inputTokens: z.coerce.number().int().min(0).max(100_000_000),
  }),
  body: nothing,
  answer: z.object({
    model: z.string(),
    /** `null` where the model's prices are not known. */
    range: z
      .object({
        leastMicros: micros,
        typicalMicros: micros,
        /** With the longest answer, of the dearest model that may answer, at the catalogue's prices. */
        mostMicros: micros,
        /** What it cannot go beyond; `null` where a host may be dearer than the catalogue says, or a price or a length is unknown. */
        boundMicros: micros.nullable(),
        outputTokensMax: micros,
      })
      .nullable(),
    /** `null` where nothing is limited. */
    limit: standingSchema.nullable(),
  }),
});

export const getBudget = operation({
  method: "GET",
  path: "/api/usage/budget",
  summary:
    "How the person's own limit stands, and that of the installation for them: spent, held back for running answers, left, and when it renews.",
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.object({ items: z.array(standingSchema) }),
});
