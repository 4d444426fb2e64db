import { boolean, foreignKey, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import { message } from "./chats";

function moment(name: string) {
  return timestamp(name, { withTimezone: true, precision: 3 });
}

/**
 * What stands for a branch from its beginning through a message, where a model cannot be told all of it. Not a node of
 * the tree: there it would be a version of the next message. It belongs to the message it reaches to, so that every
 * branch through that message has it, and it goes with it.
 */
export const contextSummary = pgTable(
  "context_summary",
  {
    chatId: text("chat_id").notNull(),
    throughMessageId: text("through_message_id").notNull(),
    text: text("text").notNull(),
    /** Of what it was made from: where that has changed since, it is not used. */
    sourceDigest: text("source_digest").notNull(),
    model: text("model").notNull(),
    isEdited: boolean("is_edited").notNull().default(false),
    createdAt: moment("created_at").notNull().defaultNow(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.chatId, table.throughMessageId] }),
    foreignKey({
      columns: [table.chatId, table.throughMessageId],
      foreignColumns: [message.chatId, message.id],
    }).onDelete("cascade"),
  ],
);
