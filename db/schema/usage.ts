import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import { usageKinds, usageSources } from "@/lib/usage/usage-source";
import { user } from "./accounts";

function moment(name: string) {
  return timestamp(name, { withTimezone: true, precision: 3 });
}

/** What one call of a model has used: outlives its chat, for what was spent stays spent. */
export const usageEntry = pgTable(
  "usage_entry",
  {
    /** The generation's own id for the call that ends it; those of writers that are gone are named after their epochs. */
    id: text("id").primaryKey(),
    kind: text("kind", { enum: usageKinds }).notNull(),
    generationId: text("generation_id"),
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
    /** Millionths of a US dollar; `null` where nobody knows. */
    costMicros: bigint("cost_micros", { mode: "number" }),
    source: text("source", { enum: usageSources }).notNull(),
    /** The most that the answer may come to, while it is being written under a limit. */
    heldMicros: bigint("held_micros", { mode: "number" }),
    /** In which periods of the budgets that is held. */
    personPeriod: text("person_period"),
    installationPeriod: text("installation_period"),
    /** In which period of all guests' budget; stays, for what it comes to counts there whoever the guest is by then. */
    guestsPeriod: text("guests_period"),
    /** When a provider is next asked what a broken-off answer cost; null when that is known or given up. */
    reconcileAt: moment("reconcile_at"),
    reconcileTries: integer("reconcile_tries").notNull().default(0),
    /** Why nobody is asked any more: the key that paid is not there, and no other one may ask. */
    isKeyGone: boolean("is_key_gone").notNull().default(false),
    createdAt: moment("created_at").notNull().defaultNow(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [
    index("usage_time").on(table.userId, table.createdAt),
    index("usage_chat").on(table.chatId),
    // Of most answers there is but the one call that has the answer's own id.
    index("usage_former").on(table.generationId).where(sql`${table.id} <> ${table.generationId}`),
    index("usage_reconcile").on(table.reconcileAt).where(sql`${table.reconcileAt} is not null`),
    index("usage_held").on(table.updatedAt).where(sql`${table.source} = 'held'`),
  ],
);

/** What is spent and held back in one period of a budget. The conditional update of this row is the limit. */
export const spending = pgTable(
  "spending",
  {
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    /** Whose limit it is counted for. */
    budget: text("budget", { enum: ["person", "installation"] }).notNull(),
    /** The beginning of the period in UTC, with its length: `month 2026-11-01`. */
    period: text("period").notNull(),
    spentMicros: bigint("spent_micros", { mode: "number" }).notNull().default(0),
    heldMicros: bigint("held_micros", { mode: "number" }).notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.userId, table.budget, table.period] })],
);

/** The same for all guests together, who come and go: their rows would not tell what was spent. */
export const guestSpending = pgTable("guest_spending", {
  period: text("period").primaryKey(),
  spentMicros: bigint("spent_micros", { mode: "number" }).notNull().default(0),
  heldMicros: bigint("held_micros", { mode: "number" }).notNull().default(0),
});
