import { sql } from "drizzle-orm";
import { boolean, check, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { user } from "./accounts";

/** At most one row. Whoever inserts it names the administrator. */
export const installation = pgTable(
  "installation",
  {
    id: boolean("id").primaryKey().default(true),
    administratorId: text("administrator_id").references(() => user.id, { onDelete: "set null" }),
    /** What the administrator has set, one object a capability. What is not there has its default. */
    settings: jsonb("settings").notNull().default({}),
    createdAt: timestamp("created_at", { withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [check("installation_singleton", sql`${table.id}`)],
);
