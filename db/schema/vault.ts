import { sql } from "drizzle-orm";
import { index, jsonb, pgTable, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core";
import { user } from "./accounts";

function moment(name: string) {
  return timestamp(name, { withTimezone: true, precision: 3 });
}

/** A provider's key, sealed. Without a person it is the installation's. */
export const credential = pgTable(
  "credential",
  {
    id: text("id").primaryKey(),
    userId: text("user_id").references(() => user.id, { onDelete: "cascade" }),
    /** `openrouter`, `openai`, or the id of an endpoint. */
    provider: text("provider").notNull(),
    /** The only place that it may be sent to. */
    baseUrl: text("base_url").notNull(),
    /** Names the master key that opens it. */
    masterKeyId: text("master_key_id").notNull(),
    /** Nonce, ciphertext and tag in base64url. */
    sealed: text("sealed").notNull(),
    /** What a person recognises it by: `sk-or-…9f2c`. */
    masked: text("masked").notNull(),
    verifiedAt: moment("verified_at"),
    lastUsedAt: moment("last_used_at"),
    /** `{ type, at }` of the newest refusal; null once it has worked again. */
    lastError: jsonb("last_error"),
    createdAt: moment("created_at").notNull().defaultNow(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("credential_owner").on(sql`coalesce(${table.userId}, '')`, table.provider),
    index("credential_user").on(table.userId),
    index("credential_master_key").on(table.masterKeyId),
  ],
);

/** An OpenAI-compatible server that a person, or the administrator for everybody, has added. */
export const endpoint = pgTable(
  "endpoint",
  {
    id: text("id").primaryKey(),
    userId: text("user_id").references(() => user.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    baseUrl: text("base_url").notNull(),
    /** Models named by hand; where it is empty the server is asked for its list. */
    models: jsonb("models").notNull().default([]),
    /** What its models cost, as its owner states it. */
    prices: jsonb("prices").notNull().default([]),
    createdAt: moment("created_at").notNull().defaultNow(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [index("endpoint_user").on(table.userId)],
);
