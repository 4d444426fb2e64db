import { createHash } from "node:crypto";
import type { z } from "zod";
import type { Actor } from "@/lib/accounts/actor";
import type { getMessage, restoreMessage } from "@/lib/api/messages";
import { AppError } from "@/lib/errors/app-error";
import type { Bus } from "@/lib/events/bus";
import type { Translate } from "@/lib/i18n/translator";
import type { ModelDirectory } from "@/lib/models/directory";
import type { Chat } from "./chat";
import type { ChatStore, MessagePage } from "./chat-store";
import type { Chats } from "./chats";
import { createId } from "./id";
import type { Message } from "./message";
import { isTextPart, type Part } from "./part";
import type { MessagePlace, TreeStore, Writing } from "./tree-store";

export interface MessageParams {
  chatId: string;
  messageId: string;
}

type About = z.input<typeof getMessage.answer>;
type Restoring = z.output<typeof restoreMessage.body>;

// Whoever deleted a message by mistake has as long as for a chat.
const removedKeptMs = 30 * 24 * 60 * 60_000;

/** What a person does with the messages of their chats beside asking. Throws as `TreeStore` does. */
export function createTree({
  store,
  chatStore,
  chats,
  models,
  bus,
  t,
}: {
  store: TreeStore;
  chatStore: Pick<ChatStore, "branch">;
  chats: Pick<Chats, "get" | "messages">;
  models: Pick<ModelDirectory, "getModel" | "providerName">;
  bus: Bus;
  t: Translate;
}) {
  async function providerOf(userId: string, { route, model }: Writing): Promise<string | null> {
    const id = route?.provider ?? (await models.getModel(userId, model))?.route.provider;
    return id === undefined ? null : models.providerName(userId, id);
  }

  return {
    async about(actor: Actor, params: MessageParams): Promise<About> {
      const { message, messagesBelow, writings } = await store.about(placeOf(actor, params));
      return {
        message,
        messagesBelow,
        writings: await Promise.all(
          writings.map(async (writing) => ({
            kind: writing.kind,
            status: writing.status,
            model: writing.model,
            provider: await providerOf(actor.userId, writing),
            usage: writing.usage,
            costMicros: writing.costMicros,
            isEstimated: writing.isEstimated,
            isKeyGone: writing.isKeyGone,
            startedAt: writing.startedAt.toISOString(),
            firstTokenAt: writing.firstTokenAt?.toISOString() ?? null,
            finishedAt: writing.finishedAt?.toISOString() ?? null,
          })),
        ),
      };
    },

    async show(actor: Actor, params: MessageParams): Promise<MessagePage> {
      await store.show(placeOf(actor, params));
      bus.publish(`user:${actor.userId}`);
      return chats.messages(actor, params.chatId, { path: "active", limit: messagesShown });
    },

    /** The same key again gives the same version. */
    async editAnswer(
      actor: Actor,
      params: MessageParams,
      text: string,
      idempotencyKey: string | null,
    ): Promise<Message> {
      const place = placeOf(actor, params);
      const { message } = await store.about(place);
      if (message.role !== "assistant") {
        throw new AppError("invalid_request", "no answer", { details: { field: "messageId" } });
      }
      const id = idFor(idempotencyKey, place);
      const edited = await store.addVersion(place, { id, partsFrom: (parts) => reworded(parts, text) });
      bus.publish(`user:${actor.userId}`);
      return edited;
    },

    async remove(actor: Actor, params: MessageParams): Promise<Chat> {
      await store.remove(placeOf(actor, params));
      bus.publish(`user:${actor.userId}`);
      return chats.get(actor, params.chatId);
    },

    async restore(actor: Actor, params: MessageParams, { leafMessageId }: Restoring): Promise<Chat> {
      await store.restore(placeOf(actor, params), leafMessageId ?? null);
      bus.publish(`user:${actor.userId}`);
      return chats.get(actor, params.chatId);
    },

    /** The same key again gives the same chat. */
    async branch(actor: Actor, params: MessageParams, idempotencyKey: string | null): Promise<Chat> {
      const place = placeOf(actor, params);
      const branch = await chatStore.branch(actor.userId, params.chatId, [params]);
      const end = branch?.path.at(-1);
      if (!branch || !end || end.isDeleted) throw new AppError("not_found", "no such message");
      if (end.status === "streaming") throw new AppError("generation_active", "the answer is being written");
      const title = branch.chat.title ?? t("chat.untitled");
      const chatId = idFor(idempotencyKey, place);
      await store.copyBranch(place, { chatId, title: cut(t("chat.branchOf", { title })) });
      bus.publish(`user:${actor.userId}`);
      return chats.get(actor, chatId);
    },

    forgetRemoved: () => store.forgetRemoved(removedKeptMs),
  };
}

/** Some screens, as a chat's page shows when it opens. */
const messagesShown = 100;

/** As long as a person's own title may be. */
const titleLengthMax = 200;

function cut(title: string): string {
  return Array.from(title).slice(0, titleLengthMax).join("");
}

function placeOf({ userId }: Actor, { chatId, messageId }: MessageParams): MessagePlace {
  return { userId, chatId, messageId };
}

/** What a request makes is found again by its key: the id follows from it, from who asks and from what is asked of. */
function idFor(idempotencyKey: string | null, { userId, chatId, messageId }: MessagePlace): string {
  if (idempotencyKey === null) return createId();
  const named = JSON.stringify([userId, chatId, messageId, idempotencyKey]);
  return createHash("sha256").update(named).digest("base64url").slice(0, 22);
}

/** The thoughts that led to another text go; tool calls, sources and files stay where they are. */
function reworded(parts: readonly Part[], text: string): Part[] {
  const first = parts.findIndex(isTextPart);
  const place = first === -1 ? parts.length : first;
  const others = (some: readonly Part[]) =>
    some.filter((part) => part.type !== "text" && part.type !== "reasoning");
  return [
    ...others(parts.slice(0, place)),
    { type: "text", text, state: "done" },
    ...others(parts.slice(place)),
  ];
}
