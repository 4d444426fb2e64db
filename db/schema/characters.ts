import { sql } from "drizzle-orm";
import {
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { user } from "./accounts";

function moment(name: string) {
  return timestamp(name, { withTimezone: true, precision: 3 });
}

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" });

/** Who the model plays. The card is kept whole, with what this version does not know. */
export const character = pgTable(
  "character",
  {
    id: text("id").primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    /** A character card of version 3. */
    card: jsonb("card").notNull(),
    tags: jsonb("tags").notNull().default([]),
    model: text("model"),
    profileId: text("profile_id").references(() => profile.id, { onDelete: "set null" }),
    /** Counts changes: an editor saves over what it has read, and nothing newer. */
    version: integer("version").notNull().default(1),
    /** Changes with the picture: it is part of the picture's address. */
    avatarId: text("avatar_id"),
    createdAt: moment("created_at").notNull().defaultNow(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
    /** When it was put into the trash; its chats keep it. */
    deletedAt: moment("deleted_at"),
  },
  (table) => [
    index("character_list").on(table.userId, sql`lower(${table.name})`, table.id),
    index("character_profile").on(table.profileId),
  ],
);

/** The picture of a character as it was given, without the card in it. */
export const characterAvatar = pgTable("character_avatar", {
  id: text("id").primaryKey(),
  characterId: text("character_id")
    .notNull()
    .unique()
    .references(() => character.id, { onDelete: "cascade" }),
  mediaType: text("media_type").notNull(),
  body: bytes("body").notNull(),
});

/** Who the person is in a chat. */
export const profile = pgTable(
  "profile",
  {
    id: text("id").primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    isDefault: boolean("is_default").notNull().default(false),
    createdAt: moment("created_at").notNull().defaultNow(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [
    index("profile_user").on(table.userId),
    // Of several at most one is used where none was chosen.
    uniqueIndex("profile_default").on(table.userId).where(sql`${table.isDefault}`),
  ],
);
