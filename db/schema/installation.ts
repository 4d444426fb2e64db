import { sql } from "drizzle-orm";
import { boolean, check, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { user } from "./accounts";

/** At most one row. Whoever inserts it names the administrator. */
export const installation = pgTable(
  "installation",
  {
    id: boolean("id").primaryKey().default(true),
    administratorId: text("administrator_id").references(() => user.id, { onDelete: "set null" }),
    createdAt: timestamp("created_at", { withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [check("installation_singleton", sql`${table.id}`)],
);
