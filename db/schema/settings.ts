import { jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { user } from "./accounts";

/** What a person has set, one object a capability. What is not there has its default. */
export const personSettings = pgTable("person_settings", {
  userId: text("user_id")
    .primaryKey()
    .references(() => user.id, { onDelete: "cascade" }),
  settings: jsonb("settings").notNull().default({}),
  updatedAt: timestamp("updated_at", { withTimezone: true, precision: 3 }).notNull().defaultNow(),
});
