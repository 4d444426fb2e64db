import { and, asc, eq, gt, ne, or } from "drizzle-orm";
import { modelSettingsSchema } from "@/lib/models/settings";
import type { ExportSource } from "@/lib/transfer/export-source";
import type { Db } from "./client";
import { chat } from "./schema/chats";
import { usageEntry } from "./schema/usage";

const pageSize = 2_000;

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

    async *listCalls(userId) {
      let last: typeof usageEntry.$inferSelect | undefined;
      do {
        const page = await db
          .select()
          .from(usageEntry)
          .where(and(eq(usageEntry.userId, userId), ne(usageEntry.source, "held"), last && after(last)))
          .orderBy(asc(usageEntry.createdAt), asc(usageEntry.id))
          .limit(pageSize);
        yield page.map((entry) => ({ ...entry, createdAt: entry.createdAt.toISOString() }));
        last = page.length < pageSize ? undefined : page.at(-1);
      } while (last);
    },
  };
}

function after({ createdAt, id }: typeof usageEntry.$inferSelect) {
  return or(
    gt(usageEntry.createdAt, createdAt),
    and(eq(usageEntry.createdAt, createdAt), gt(usageEntry.id, id)),
  );
}
