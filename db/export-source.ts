import { and, asc, eq, gt, ne, or } from "drizzle-orm";
import { modelSettingsSchema } from "@/lib/models/settings";
import type { ExportSource } from "@/lib/transfer/export-source";
import type { ExportedSummary } from "@/lib/transfer/exported-chat";
import type { Db } from "./client";
import { chat } from "./schema/chats";
import { contextSummary } from "./schema/prompts";
import { usageEntry } from "./schema/usage";
import { createSettingsStore } from "./settings-store";

const pageSize = 2_000;

export function createExportSource(db: Db): ExportSource {
  return {
    settingsOf: createSettingsStore(db).ofPerson,

    async listAll(userId) {
      const [found, summaries] = await Promise.all([
        db
          .select({ id: chat.id, settings: chat.settings })
          .from(chat)
          .where(eq(chat.userId, userId))
          .orderBy(asc(chat.createdAt), asc(chat.id)),
        summariesOf(db, userId),
      ]);
      return found.map(({ id, settings }) => ({
        id,
        settings: modelSettingsSchema.catch({}).parse(settings),
        summaries: summaries.get(id) ?? [],
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

/** By the id of their chat. */
async function summariesOf(db: Db, userId: string): Promise<Map<string, ExportedSummary[]>> {
  const found = await db
    .select({ summary: contextSummary })
    .from(contextSummary)
    .innerJoin(chat, eq(chat.id, contextSummary.chatId))
    .where(eq(chat.userId, userId))
    .orderBy(asc(contextSummary.createdAt));
  return Map.groupBy(
    found.map(({ summary }) => summary),
    ({ chatId }) => chatId,
  );
}
