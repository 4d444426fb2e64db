import type { z } from "zod";
import type { Actor } from "@/lib/accounts/actor";
import type { createChat, keepChats, listChats, listMessages, purgeChats, updateChat } from "@/lib/api/chats";
import { spokenNameOf } from "@/lib/characters/card";
import type { Casts } from "@/lib/characters/cast";
import { openingsOf } from "@/lib/characters/opening";
import { AppError } from "@/lib/errors/app-error";
import type { Bus } from "@/lib/events/bus";
import type { ModelDirectory } from "@/lib/models/directory";
import { requireFallbacks } from "@/lib/models/fallbacks";
import { modelSettingsSchema } from "@/lib/models/settings";
import type { CurrentSettings } from "@/lib/settings/settings-keeper";
import type { Chat } from "./chat";
import type { ChatStore, ChatWithActive, KeepingChange, MessagePage, Page } from "./chat-store";
import { createId } from "./id";
import type { Message } from "./message";
import type { Part } from "./part";
import { fileWithin, type StoredFile } from "./stored-file";
import { titleFrom } from "./title";

type ListQuery = z.output<typeof listChats.query>;
type MessagesQuery = z.output<typeof listMessages.query>;
type Beginning = z.output<typeof createChat.body>;
type Change = z.output<typeof updateChat.body>;
type Keeping = z.output<typeof keepChats.body>;
type Purging = z.output<typeof purgeChats.body>;
type Outcomes = z.input<typeof keepChats.answer>;

export type Chats = ReturnType<typeof createChats>;

/** What a person does with their chats beside asking. Throws `not_found` for every chat that is not theirs. */
export function createChats({
  store,
  models,
  casts,
  settings,
  bus,
  progressOf,
  partsOf,
  stop,
}: {
  store: ChatStore;
  models: Pick<ModelDirectory, "getModel" | "requireModel">;
  casts: Pick<Casts, "require">;
  settings: Pick<CurrentSettings, "ofPerson">;
  bus: Bus;
  /** How far an answer has got: characters written and readers in this process. */
  progressOf: (generationId: string) => Promise<{ partialLength: number; readers: number }>;
  /** What an answer that is being written has so far. */
  partsOf: (generationId: string) => Promise<Part[]>;
  /** Resolves once what was written is stored and the answer has ended. */
  stop: (userId: string, chatId: string, generationId: string) => Promise<unknown>;
}) {
  async function present(chat: ChatWithActive): Promise<Chat> {
    const { active } = chat;
    return {
      id: chat.id,
      title: chat.title,
      model: chat.model,
      settings: modelSettingsSchema.catch({}).parse(chat.settings),
      pinned: chat.pinnedAt !== null,
      archived: chat.archivedAt !== null,
      unread: chat.unreadSince !== null,
      deletedAt: chat.deletedAt?.toISOString() ?? null,
      leafMessageId: chat.leafMessageId,
      characterId: chat.characterId,
      profileId: chat.profileId,
      createdAt: chat.createdAt.toISOString(),
      updatedAt: chat.updatedAt.toISOString(),
      activeGeneration: active && {
        id: active.id,
        messageId: active.messageId,
        status: active.status,
        startedAt: active.createdAt.toISOString(),
        ...(await progressOf(active.id)),
      },
    };
  }

  async function withPartial(message: Message): Promise<Message> {
    if (message.status !== "streaming" || message.generationId === null) return message;
    return { ...message, parts: await partsOf(message.generationId) };
  }

  async function keep(actor: Actor, chatIds: readonly string[], change: KeepingChange): Promise<string[]> {
    const kept = await store.keepMany(actor.userId, chatIds, change);
    for (const owner of kept.writers) bus.publish(`writer:${owner}`);
    if (kept.chatIds.length > 0) bus.publish(`user:${actor.userId}`);
    return kept.chatIds;
  }

  async function keepOne(actor: Actor, chatId: string, change: KeepingChange): Promise<Chat> {
    await keep(actor, [chatId], change);
    return present(requireFound(await store.get(actor.userId, chatId)));
  }

  return {
    async list(actor: Actor, { cursor, limit, ...filter }: ListQuery): Promise<Page<Chat>> {
      const page = await store.list(actor.userId, filter, cursor ?? null, limit);
      return { items: await Promise.all(page.items.map(present)), nextCursor: page.nextCursor };
    },

    async get(actor: Actor, chatId: string): Promise<Chat> {
      return present(requireFound(await store.get(actor.userId, chatId)));
    },

    /** Throws `invalid_request` for a character, a profile or a model that is not there. */
    async begin(actor: Actor, wanted: Beginning): Promise<Chat> {
      if (wanted.model) await models.requireModel(actor.userId, wanted.model);
      const { id = createId(), characterId = null, profileId = null } = wanted;
      const [cast, { prompt }] = await Promise.all([
        casts.require(actor.userId, { characterId, profileId }),
        settings.ofPerson(actor.userId),
      ]);
      const openings = openingsOf(cast, { chatId: id, now: new Date(), timeZone: prompt.timeZone });
      const isBegun = await store.begin(actor.userId, {
        id,
        title: cast.character && titleFrom(spokenNameOf(cast.character.card)),
        model: wanted.model ?? cast.character?.model ?? null,
        characterId,
        profileId,
        openings: openings.map((text) => ({
          id: createId(),
          parts: [{ type: "text", text }],
        })),
      });
      if (!isBegun) throw new AppError("not_found", "somebody else's chat");
      bus.publish(`user:${actor.userId}`);
      return present(requireFound(await store.get(actor.userId, id)));
    },

    async countUnread(actor: Actor): Promise<{ count: number }> {
      return { count: await store.countUnread(actor.userId) };
    },

    async update(actor: Actor, chatId: string, wanted: Change): Promise<Chat> {
      if (wanted.model) await models.requireModel(actor.userId, wanted.model);
      if (wanted.settings) await requireFallbacks(models, actor.userId, wanted.settings);
      const { characterId = null, profileId = null } = wanted;
      if (characterId ?? profileId) await casts.require(actor.userId, { characterId, profileId });
      const changed = requireFound(await store.update(actor.userId, chatId, wanted));
      bus.publish(`user:${actor.userId}`);
      return present(changed);
    },

    async keepMany(actor: Actor, { ids, ...change }: Keeping): Promise<Outcomes> {
      return outcomesOf(ids, await keep(actor, ids, change));
    },

    async purge(actor: Actor, wanted: Purging): Promise<Outcomes> {
      const { chatIds, writing } = await store.purge(actor.userId, wanted.ids);
      if (chatIds.length > 0) bus.publish(`user:${actor.userId}`);
      if (writing.length > 0) {
        // An answer that cannot be stopped now keeps its chat until a later look at the trash, which nobody sees.
        await Promise.allSettled(
          writing.map(({ chatId, generationId }) => stop(actor.userId, chatId, generationId)),
        );
        await store.purge(
          actor.userId,
          writing.map(({ chatId }) => chatId),
        );
      }
      return outcomesOf(wanted.ids === "all" ? chatIds : wanted.ids, chatIds);
    },

    /** A chat that nobody has made yet is no error. */
    async requireNotSomebodyElses(actor: Actor, chatId: string): Promise<void> {
      if (await store.isSomebodyElses(actor.userId, chatId)) throw new AppError("not_found", "no such chat");
    },

    dropTrash: store.dropTrash,

    moveToTrash: (actor: Actor, chatId: string) => keepOne(actor, chatId, { deleted: true }),

    restore: (actor: Actor, chatId: string) => keepOne(actor, chatId, { deleted: false }),

    async file(
      { userId }: Actor,
      { number, ...place }: { chatId: string; messageId: string; number: number },
    ): Promise<StoredFile> {
      const url = await store.fileUrl(userId, place, number);
      const file = url === null ? null : fileWithin(url);
      if (!file) throw new AppError("not_found", "no such file");
      return file;
    },

    async messages(actor: Actor, chatId: string, query: MessagesQuery): Promise<MessagePage> {
      const read = query.path === "active" ? store.activePath : store.messages;
      const before = query.before ?? null;
      const wanted = query.from ? await store.countFrom(actor.userId, chatId, query.from, before) : 0;
      const limit = wanted > reachMax ? query.limit : Math.max(query.limit, wanted);
      const page = requireFound(await read(actor.userId, chatId, before, limit));
      return { ...page, items: await Promise.all(page.items.map(withPartial)) };
    },
  };
}

/** Some megabytes at most, as a page draws them; who wants more goes back page by page. */
const reachMax = 2_000;

function outcomesOf(ids: readonly string[], done: readonly string[]): Outcomes {
  const isDone = new Set(done);
  return {
    items: ids.map((id) => ({ id, outcome: isDone.has(id) ? ("done" as const) : ("not_found" as const) })),
  };
}

function requireFound<T>(found: T | null): T {
  if (found === null) throw new AppError("not_found", "no such chat");
  return found;
}
