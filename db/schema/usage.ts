import { bigint, boolean, index, integer, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import { usageSources } from "@/lib/usage/usage-source";
import { user } from "./accounts";

function moment(name: string) {
  return timestamp(name, { withTimezone: true, precision: 3 });
}

/** What one answer has used: outlives its chat, for what was spent stays spent. */
export const usageEntry = pgTable(
  "usage_entry",
  {
    generationId: text("generation_id").primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    chatId: text("chat_id").notNull(),
    model: text("model").notNull(),
    provider: text("provider").notNull(),
    /** Whose key paid. */
    payer: text("payer", { enum: ["person", "installation"] }).notNull(),
    credentialId: text("credential_id"),
    upstreamId: text("upstream_id"),
    inputTokens: integer("input_tokens"),
    outputTokens: integer("output_tokens"),
    reasoningTokens: integer("reasoning_tokens"),
    cachedTokens: integer("cached_tokens"),
    /** Millionths of a US dollar; while the answer is being written, the most that it may come to. */
    costMicros: bigint("cost_micros", { mode: "number" }),
    source: text("source", { enum: usageSources }).notNull(),
    /** When a provider is next asked what a broken-off answer cost; null when that is known or given up. */
    reconcileAt: moment("reconcile_at"),
    reconcileTries: integer("reconcile_tries").notNull().default(0),
    createdAt: moment("created_at").notNull().defaultNow(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [
    index("usage_time").on(table.userId, table.createdAt),
    index("usage_reconcile").on(table.reconcileAt),
  ],
);

/** What is spent and held back in one period of a budget. The conditional update of this row is the limit. */
export const spending = pgTable(
  "spending",
  {
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    payer: text("payer", { enum: ["person", "installation"] }).notNull(),
    /** The beginning of the period in UTC, with its length: `month 2026-11-01`. */
    period: text("period").notNull(),
    spentMicros: bigint("spent_micros", { mode: "number" }).notNull().default(0),
    heldMicros: bigint("held_micros", { mode: "number" }).notNull().default(0),
    wasWarned: boolean("was_warned").notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.userId, table.payer, table.period] })],
);
