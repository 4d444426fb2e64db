import type { Actor } from "@/lib/accounts/actor";
import type { exportFormats } from "@/lib/api/transfer";
import type { Characters } from "@/lib/characters/characters";
import type { Chats } from "@/lib/chats/chats";
import type { Message } from "@/lib/chats/message";
import { isAppError } from "@/lib/errors/app-error";
import type { Translate } from "@/lib/i18n/server-translator";
import type { Profiles } from "@/lib/profiles/profiles";
import { charactersOf } from "./export-characters";
import type { ExportSource } from "./export-source";
import { type ExportedChat, exportedCallSchema, exportedChatSchema, exportVersion } from "./exported-chat";
import { markdownOf } from "./markdown-document";

export type ExportFormat = (typeof exportFormats)[number];

export type Exporter = ReturnType<typeof createExporter>;

// A page of the largest size: a chat of 2,000 messages is two.
const pageSize = 1000;

/**
 * Writes a person's chats into one file, a chat at a time, so that no more than one is in memory; as JSON also their
 * settings, profiles and characters. What is deleted meanwhile is left out; an answer that is being written is there as far as
 * it has got.
 */
export function createExporter({
  source,
  chats,
  characters,
  profiles,
  t,
  now = () => new Date(),
}: {
  source: ExportSource;
  chats: Pick<Chats, "get" | "messages">;
  characters: Pick<Characters, "list" | "get" | "avatar">;
  profiles: Pick<Profiles, "list">;
  t: Translate;
  now?: () => Date;
}) {
  async function* all(actor: Actor): AsyncGenerator<ExportedChat> {
    for (const { id, settings, summaries } of await source.listAll(actor.userId)) {
      try {
        const [chat, messages] = await Promise.all([chats.get(actor, id), tree(actor, id)]);
        yield exportedChatSchema.parse({ ...chat, settings, messages, summaries });
      } catch (error) {
        if (!isAppError(error) || error.type !== "not_found") throw error;
      }
    }
  }

  async function tree(actor: Actor, chatId: string): Promise<Message[]> {
    const pages: Message[][] = [];
    let before: string | undefined;
    do {
      const page = await chats.messages(actor, chatId, { before, limit: pageSize });
      pages.unshift(page.items);
      before = page.nextCursor ?? undefined;
    } while (before !== undefined);
    return pages.flat();
  }

  async function* callsOf(actor: Actor): AsyncGenerator<unknown> {
    for await (const calls of source.listCalls(actor.userId)) {
      for (const call of calls) yield exportedCallSchema.parse(call);
    }
  }

  async function* json(actor: Actor): AsyncGenerator<string> {
    const settings = await source.settingsOf(actor.userId);
    const head = { app: "Parley", version: exportVersion, exportedAt: now().toISOString(), settings };
    yield `${JSON.stringify(head).slice(0, -1)},"chats":[`;
    yield* listed(all(actor));
    const { items } = await profiles.list(actor);
    yield `\n],"profiles":${JSON.stringify(items)},"characters":[`;
    yield* listed(charactersOf(actor, characters));
    yield `\n],"usage":[`;
    yield* listed(callsOf(actor));
    yield "\n]}\n";
  }

  async function* markdown(actor: Actor): AsyncGenerator<string> {
    yield `# ${t("export.title")}\n`;
    for await (const chat of all(actor)) {
      if (chat.deletedAt === null) yield markdownOf(chat, t);
    }
  }

  return {
    export: (actor: Actor, format: ExportFormat): AsyncGenerator<string> =>
      format === "json" ? json(actor) : markdown(actor),
  };
}

async function* listed(items: AsyncIterable<unknown>): AsyncGenerator<string> {
  let separator = "\n";
  for await (const item of items) {
    yield separator + JSON.stringify(item);
    separator = ",\n";
  }
}
