import { z } from "zod";

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
  /** The day as `2026-11-20`, or the id of the model, the chat, the key or the person; of the environment's key `installation/<provider>`. */
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
