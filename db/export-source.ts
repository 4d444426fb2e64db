import { asc, eq } from "drizzle-orm";
import { modelSettingsSchema } from "@/lib/models/settings";
import type { ExportSource } from "@/lib/transfer/export-source";
import type { Db } from "./client";
import { chat } from "./schema/chats";

export function createExportSource(db: Db): ExportSource {
  return {
    async listAll(userId) {
      const found = await db
        .select({ id: chat.id, settings: chat.settings })
        .from(chat)
        .where(eq(chat.userId, userId))
        .orderBy(asc(chat.createdAt), asc(chat.id));
      return found.map(({ id, settings }) => ({
        id,
        settings: modelSettingsSchema.catch({}).parse(settings),
      }));
    },
  };
}
