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
import { messageStatuses } from "@/lib/chats/message";
import { user } from "./accounts";

function moment(name: string) {
  return timestamp(name, { withTimezone: true, precision: 3 });
}

export const chat = pgTable(
  "chat",
  {
    id: text("id").primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    title: text("title"),
    /** Who named it: a title of the person's own is never replaced. */
    titleSource: text("title_source", { enum: ["question", "model", "person"] }),
    model: text("model"),
    settings: jsonb("settings").notNull().default({}),
    characterId: text("character_id"),
    profileId: text("profile_id"),
    leafMessageId: text("leaf_message_id"),
    /** How often messages were deleted: a question asked on the strength of an earlier reading is refused. */
    deletions: integer("deletions").notNull().default(0),
    pinnedAt: moment("pinned_at"),
    archivedAt: moment("archived_at"),
    deletedAt: moment("deleted_at"),
    /** When an answer ended that the person has not looked at since; null once they have. */
    unreadSince: moment("unread_since"),
    createdAt: moment("created_at").notNull().defaultNow(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [
    index("chat_list").on(
      table.userId,
      sql`(${table.pinnedAt} is not null) desc`,
      sql`${table.updatedAt} desc`,
      sql`${table.id} desc`,
    ),
    index("chat_unread")
      .on(table.userId)
      .where(
        sql`${table.unreadSince} is not null and ${table.archivedAt} is null and ${table.deletedAt} is null`,
      ),
    index("chat_trash").on(table.deletedAt).where(sql`${table.deletedAt} is not null`),
  ],
);

export const message = pgTable(
  "message",
  {
    chatId: text("chat_id")
      .notNull()
      .references(() => chat.id, { onDelete: "cascade" }),
    id: text("id").notNull(),
    /** The order in which messages came to be, over all chats; a page ends at one. */
    position: bigint("position", { mode: "number" }).notNull().generatedAlwaysAsIdentity(),
    parentId: text("parent_id"),
    role: text("role", { enum: ["system", "user", "assistant"] }).notNull(),
    parts: jsonb("parts").notNull(),
    status: text("status", { enum: messageStatuses }).notNull(),
    error: jsonb("error"),
    generationId: text("generation_id"),
    model: text("model"),
    usage: jsonb("usage"),
    metadata: jsonb("metadata").notNull().default({}),
    createdAt: moment("created_at").notNull().defaultNow(),
    /** The same for all that went at once, and set for everything below: what is above a message that is there, is there. */
    deletedAt: moment("deleted_at"),
  },
  (table) => [
    primaryKey({ columns: [table.chatId, table.id] }),
    foreignKey({
      columns: [table.chatId, table.parentId],
      foreignColumns: [table.chatId, table.id],
    }).onDelete("cascade"),
    uniqueIndex("message_order").on(table.chatId, table.position),
    index("message_children").on(table.chatId, table.parentId),
    index("message_deleted").on(table.deletedAt).where(sql`${table.deletedAt} is not null`),
  ],
);
