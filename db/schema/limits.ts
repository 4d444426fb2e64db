import { integer, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import { limitedAttempts } from "@/lib/vault/attempts";
import { user } from "./accounts";

/** How often a person has tried something since the window began, over all processes. */
export const attempts = pgTable(
  "attempts",
  {
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    what: text("what", { enum: limitedAttempts }).notNull(),
    count: integer("count").notNull(),
    endsAt: timestamp("ends_at", { withTimezone: true, precision: 3 }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.what] })],
);
