import { listMessages, updateChat } from "@/lib/api/chats";
import { stopAnswer } from "@/lib/api/generations";
import { createId } from "@/lib/chats/id";
import type { Message } from "@/lib/chats/message";
import { createAnswerFollower } from "./answer-follower";
import { api } from "./api";
import { publishChatEvent } from "./chat-events";
import { type ChatMessage, textOfMessage } from "./chat-message";
import { drafts, newChatPlace } from "./drafts";

export interface StoredChat {
  messages: Message[];
  /** Leads to the messages before these, if there are any. */
  earlierCursor: string | null;
  model: string | null;
  isAnswering: boolean;
  /** By the server's clock. A page that comes out of the router's cache is older than what happened since. */
  readAt: number;
}

export type ChatSession = ReturnType<typeof createChatSession>;

/**
 * One chat as this page talks in it; `stored` is null for one that the server has never heard of.
 * It outlives the components that show it: an answer goes on arriving while another chat
 * is open, and coming back finds it as it is.
 */
export function createChatSession(chatId: string, stored: StoredChat | null) {
  let isStored = stored !== null;
  let model = stored?.model ?? null;
  let earlierCursor = stored?.earlierCursor ?? null;
  const follower = createAnswerFollower(chatId, stored?.messages ?? [], confirmDelivery);
  const { chat } = follower;

  let readAt = stored?.readAt ?? 0;
  let mayBeAnswering = stored?.isAnswering ?? false;

  const place = () => (isStored ? chatId : newChatPlace);
  const find = (messageId: string) => chat.messages.find((message) => message.id === messageId);
  const remove = (messageId: string) => {
    chat.messages = chat.messages.filter((message) => message.id !== messageId);
  };

  function confirmDelivery(): void {
    const sent = chat.messages.filter((message) => message.metadata?.delivery === "sending");
    const ids = sent.map((message) => message.id);
    drafts.release(place(), ids);
    for (const id of ids) follower.annotate(id, { delivery: undefined });
    if (isStored) return;
    isStored = true;
    // Only the address changes, now that it leads somewhere; the page stays as it is.
    window.history.replaceState(null, "", `/chat/${chatId}`);
  }

  async function ask(message: ChatMessage): Promise<void> {
    const parent = chat.messages.findLast((earlier) => earlier.metadata?.delivery === undefined);
    publishChatEvent({ type: "question-asked", chatId, question: textOfMessage(message), model });
    const refusal = await follower.exchange(() =>
      chat.sendMessage(message, {
        headers: { "Idempotency-Key": message.id },
        body: { parentId: parent?.id ?? null, model: model ?? undefined },
      }),
    );
    if (refusal === null) return publishChatEvent({ type: "answer-settled", chatId });
    follower.annotate(message.id, { delivery: "failed", error: refusal, failedAt: Date.now() });
    publishChatEvent({ type: "question-refused", chatId, isStored });
    if (refusal.type !== "generation_active") return;
    await follower.refresh();
    await follower.resume();
  }

  return {
    chatId,
    chat,
    place,
    model: (): string | null => model,
    reconnect: follower.resume,
    hasEarlier: () => earlierCursor !== null,

    /** False while an answer runs: the text then stays where it is. */
    send(text: string): boolean {
      if (follower.isBusy()) return false;
      const message: ChatMessage = {
        id: createId(),
        role: "user",
        parts: [{ type: "text", text }],
        metadata: { delivery: "sending", createdAt: new Date().toISOString() },
      };
      drafts.hold(place(), message.id, text);
      void ask(message);
      return true;
    },

    /** Sends it under the id it had, so that it is stored once even if the first try did arrive. */
    resend(messageId: string): void {
      const message = find(messageId);
      if (!message || follower.isBusy()) return;
      remove(messageId);
      void ask({ ...message, metadata: { delivery: "sending", createdAt: message.metadata?.createdAt } });
    },

    /** Takes an undelivered question back into the composer. */
    withdraw(messageId: string): void {
      const message = find(messageId);
      if (!message) return;
      remove(messageId);
      drafts.release(place(), [messageId]);
      drafts.giveBack(place(), textOfMessage(message));
    },

    async answerAgain(messageId: string): Promise<void> {
      if (follower.isBusy()) return;
      const before = chat.messages;
      const refusal = await follower.exchange(() =>
        chat.regenerate({
          messageId,
          headers: { "Idempotency-Key": createId() },
          body: { model: model ?? undefined },
        }),
      );
      if (refusal) {
        chat.messages = before;
        follower.annotate(messageId, { error: refusal, failedAt: Date.now() });
      }
      publishChatEvent({ type: "answer-settled", chatId });
    },

    /** The answer then ends on its own stream; closing only our connection would stop nothing. */
    async stop(): Promise<void> {
      await follower.accepted();
      await api(stopAnswer, { params: { chatId }, body: { generationId: follower.generationId() } });
      await follower.endWithin(stopGraceMs);
    },

    /** The choice travels with the first question of a chat that is not stored yet. */
    async chooseModel(chosen: string): Promise<void> {
      const before = model;
      model = chosen;
      if (!isStored) return;
      try {
        await api(updateChat, { params: { chatId }, body: { model: chosen } });
      } catch (cause) {
        model = before;
        throw cause;
      }
    },

    async loadEarlier(): Promise<void> {
      if (earlierCursor === null) return;
      const query = { path: "active" as const, before: earlierCursor };
      const page = await api(listMessages, { params: { chatId }, query });
      earlierCursor = page.nextCursor;
      follower.prepend(page.items);
    },

    /** What the server says now, for a session that was kept while another chat was open. */
    adopt(newer: StoredChat): void {
      if (newer.readAt <= readAt) return;
      readAt = newer.readAt;
      mayBeAnswering = newer.isAnswering;
      model = newer.model ?? model;
      follower.adopt(newer.messages);
    },

    /** Picks up a running answer, and again whenever the page or the network comes back. */
    attach(): () => void {
      const resumeWhenCut = () => {
        const isRunning = chat.messages.at(-1)?.metadata?.status === "streaming";
        if (isRunning && document.visibilityState === "visible") void follower.resume();
      };
      if (mayBeAnswering) void follower.resume();
      else resumeWhenCut();
      mayBeAnswering = false;
      window.addEventListener("online", resumeWhenCut);
      document.addEventListener("visibilitychange", resumeWhenCut);
      return () => {
        window.removeEventListener("online", resumeWhenCut);
        document.removeEventListener("visibilitychange", resumeWhenCut);
      };
    },
  };
}

/** How long a stopped answer may take to say so on its own stream before it is read from the server. */
const stopGraceMs = 2000;
