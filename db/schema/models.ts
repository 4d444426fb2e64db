import { jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { endpoint } from "./vault";

/** The lists of models as they were last read, for a process that starts while a provider is down. */
export const modelCatalogue = pgTable("model_catalogue", {
  /** Provider and address, so that what another server listed is not taken for it. */
  shelf: text("shelf").primaryKey(),
  endpointId: text("endpoint_id").references(() => endpoint.id, { onDelete: "cascade" }),
  models: jsonb("models").notNull(),
  readAt: timestamp("read_at", { withTimezone: true, precision: 3 }).notNull(),
});
