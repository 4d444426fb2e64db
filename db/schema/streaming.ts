import { sql } from "drizzle-orm";
import {
  bigint,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { generationKinds, generationStatuses } from "@/lib/streaming/generation";
import { user } from "./accounts";
import { message } from "./chats";

function moment(name: string) {
  return timestamp(name, { withTimezone: true, precision: 3 });
}

export const generation = pgTable(
  "generation",
  {
    id: text("id").primaryKey(),
    chatId: text("chat_id").notNull(),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    messageId: text("message_id").notNull(),
    requestId: text("request_id").notNull(),
    kind: text("kind", { enum: generationKinds }).notNull(),
    status: text("status", { enum: generationStatuses }).notNull(),
    owner: text("owner").notNull(),
    epoch: integer("epoch").notNull().default(1),
    leaseUntil: moment("lease_until").notNull(),
    lastSeq: integer("last_seq").notNull().default(0),
    model: text("model").notNull(),
    settings: jsonb("settings").notNull().default({}),
    /** Who serves the model, and whose key pays: `{ provider, payer, credentialId }`; null before it was noted. */
    route: jsonb("route"),
    /** What the request was put together from, so that it can be shown and sent again as it was. */
    prompt: jsonb("prompt"),
    upstreamId: text("upstream_id"),
    usage: jsonb("usage"),
    costMicros: bigint("cost_micros", { mode: "number" }),
    error: jsonb("error"),
    createdAt: moment("created_at").notNull().defaultNow(),
    firstTokenAt: moment("first_token_at"),
    /** When a reader was last noted; kept only where unread answers are stopped. */
    readAt: moment("read_at"),
    finishedAt: moment("finished_at"),
  },
  (table) => [
    // A request that is sent twice is one generation and one bill.
    uniqueIndex("generation_request").on(table.userId, table.requestId),
    // One writer a chat: this index is the lock.
    uniqueIndex("generation_writer")
      .on(table.chatId)
      .where(sql`${table.status} in ('queued', 'streaming', 'stopping')`),
    index("generation_lease")
      .on(table.leaseUntil)
      .where(sql`${table.status} in ('queued', 'streaming', 'stopping')`),
    index("generation_message").on(table.chatId, table.messageId),
    foreignKey({
      columns: [table.chatId, table.messageId],
      foreignColumns: [message.chatId, message.id],
    }).onDelete("cascade"),
  ],
);

export const generationEvent = pgTable(
  "generation_event",
  {
    generationId: text("generation_id")
      .notNull()
      .references(() => generation.id, { onDelete: "cascade" }),
    epoch: integer("epoch").notNull(),
    fromSeq: integer("from_seq").notNull(),
    toSeq: integer("to_seq").notNull(),
    body: text("body").notNull(),
  },
  (table) => [primaryKey({ columns: [table.generationId, table.fromSeq] })],
);
