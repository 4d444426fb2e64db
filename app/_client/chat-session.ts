import { listMessages, updateChat } from "@/lib/api/chats";
import { stopAnswer } from "@/lib/api/generations";
import type { Fork } from "@/lib/chats/chat-store";
import { createId } from "@/lib/chats/id";
import type { Message } from "@/lib/chats/message";
import type { UserEvent } from "@/lib/events/user-event";
import type { ModelSettings } from "@/lib/models/settings";
import { createAnswerFollower } from "./answer-follower";
import { api } from "./api";
import { findOutbox } from "./browser-outbox";
import { createBranches } from "./chat-branches";
import { publishChatEvent } from "./chat-events";
import { type ChatMessage, textOfMessage } from "./chat-message";
import { createChosenModel, type ModelName } from "./chosen-model";
import { connection } from "./connection";
import { type Asked, createDelivery, questionOf, type Sending } from "./delivery";
import { drafts, newChatPlace } from "./drafts";
import { createLastLook } from "./last-look";
import type { Waiting } from "./outbox";
import { Unreachable } from "./post";
import { createShownPresence } from "./shown-presence";
import { createVersionBook, parentIdOf } from "./version-book";

export interface StoredChat {
  messages: Message[];
  /** Leads to the messages before these, if there are any. */
  earlierCursor: string | null;
  /** The places among them that have several versions. */
  forks: Fork[];
  model: string | null;
  settings: ModelSettings;
  isAnswering: boolean;
  /** By the server's clock. A page that comes out of the router's cache is older than what happened since. */
  readAt: number;
}

export type ChatSession = ReturnType<typeof createChatSession>;

/**
 * One chat as this page talks in it; `stored` is null for one that the server has never heard of.
 * It outlives the components that show it: coming back finds it as it is, and goes on from there.
 */
export function createChatSession(chatId: string, stored: StoredChat | null) {
  let isStored = stored !== null;
  // A chat that is nowhere else was left with what its last question was asked with.
  const left = stored ?? findOutbox()?.ofChat(chatId).at(-1);
  const chosen = createChosenModel(left?.model ?? null);
  let settings = left?.settings ?? {};
  let earlierCursor = stored?.earlierCursor ?? null;
  let readAt = stored?.readAt ?? 0;
  let mayBeAnswering = stored?.isAnswering ?? false;
  let hasMissed = false;

  const book = createVersionBook();
  if (stored) book.learn({ items: stored.messages, forks: stored.forks });

  const presence = createShownPresence(connection.presence);
  const follower = createAnswerFollower(chatId, stored?.messages ?? [], {
    connection: connection.within(presence),
    onAccepted: confirmDelivery,
    onRead(page, isAnew) {
      book.learn(page);
      if (isAnew) earlierCursor = page.nextCursor;
    },
    onEnded() {
      if (lastLook.hasSeenAll()) publishChatEvent({ type: "answer-seen", chatId });
    },
    onIdle: () => void deliver(),
  });
  const { chat } = follower;
  const lastLook = createLastLook({ last: () => chat.messages.at(-1), isVisible: presence.isVisible });

  const place = () => (isStored ? chatId : newChatPlace);
  const find = (messageId: string) => chat.messages.find((message) => message.id === messageId);
  const remove = (messageId: string) => {
    chat.messages = chat.messages.filter((message) => message.id !== messageId);
  };

  const { wait, deliver } = createDelivery({
    chatId,
    follower,
    ask,
    becomeStored,
    draftOf: () => ({ place: place(), isNew: !isStored }),
  });

  function confirmDelivery(leftLeafId: string | null): void {
    const sent = chat.messages.filter((message) => message.metadata?.delivery === "sending");
    const ids = sent.map((message) => message.id);
    drafts.release(place(), ids);
    for (const { id, metadata } of sent) {
      follower.annotate(id, { delivery: undefined });
      if (leftLeafId !== null && metadata?.isAside === undefined) void tellAside(id);
      void findOutbox()?.remove(id).catch(keepForLater);
    }
    becomeStored();
  }

  /** The chat had gone on elsewhere: the question has another version that this page has not seen. */
  async function tellAside(questionId: string): Promise<void> {
    const query = { path: "active" as const, limit: 2 };
    const page = await api(listMessages, { params: { chatId }, query }).catch(seeLater);
    if (!page) return;
    const place = page.items.find(({ id }) => id === questionId);
    const isAside = page.forks.some(({ parentId }) => parentId === place?.parentId);
    book.learn(page);
    if (place && isAside) follower.annotate(questionId, { isAside });
  }

  function becomeStored(): void {
    if (isStored) return;
    isStored = true;
    drafts.move(newChatPlace, chatId);
    // Only the address changes, now that it leads somewhere; the page stays as it is.
    if (presence.isShown()) window.history.replaceState(null, "", `/chat/${chatId}`);
  }

  const asChosen = (): Asked => ({ model: chosen.next(), settings });

  const waitAs = (message: ChatMessage, reason: Waiting["reason"], asked: Asked): Promise<void> =>
    wait(message, reason, { ...asked, model: asked.model ?? chosen.nextByName() });

  /** What was chosen since a chat's first question was asked, nobody else knows. */
  async function tellChoice(asked: Asked): Promise<void> {
    const model = chosen.ofChat();
    const body = {
      ...(model !== null && model !== asked.model && { model }),
      ...(JSON.stringify(settings) !== JSON.stringify(asked.settings) && { settings }),
    };
    if (Object.keys(body).length > 0) await api(updateChat, { params: { chatId }, body }).catch(seeLater);
  }

  /** A model that was chosen for one question is used up, unless the question is refused. */
  async function askNow(message: ChatMessage): Promise<void> {
    const sending = await ask(message, null);
    if (sending !== "refused") chosen.forgetOnce();
    if (sending === "later") void connection.pause(0).then(deliver);
  }

  /**
   * Resolves once it is known whether the server has the question; the answer goes on coming.
   * One that has waited goes as it was asked, whatever was chosen since.
   */
  async function ask(message: ChatMessage, waited: Asked | null): Promise<Sending> {
    const asked = waited ?? asChosen();
    const isFirst = !isStored;
    const parent = chat.messages.findLast((earlier) => earlier.metadata?.delivery === undefined);
    publishChatEvent({
      type: "question-asked",
      chatId,
      question: textOfMessage(message),
      model: chosen.ofChat(),
    });
    const exchange = follower.exchange(() =>
      chat.sendMessage(message, {
        headers: { "Idempotency-Key": message.id },
        body: {
          parentId: parent?.id ?? null,
          model: asked.model ?? undefined,
          // A chat's own come from where it is stored.
          settings: isFirst || waited ? asked.settings : undefined,
        },
      }),
    );
    if (await follower.accepted()) {
      if (isFirst) void tellChoice(asked);
      void exchange.then(() => publishChatEvent({ type: "answer-settled", chatId }));
      return "accepted";
    }
    const refusal = await exchange;
    publishChatEvent({ type: "question-refused", chatId, isStored });
    if (refusal === null) return "refused";
    if (refusal instanceof Unreachable || refusal.error.type === "generation_active") {
      remove(message.id);
      await waitAs(message, refusal instanceof Unreachable ? "connection" : "answer", asked);
      if (!(refusal instanceof Unreachable)) void follower.catchUp();
      return "later";
    }
    follower.annotate(message.id, { delivery: "failed", error: refusal.error, failedAt: Date.now() });
    drafts.keep(place(), message.id, textOfMessage(message));
    await findOutbox()?.remove(message.id).catch(keepForLater);
    return "refused";
  }

  function isElsewhere(leafMessageId: string | null | undefined): boolean {
    return leafMessageId !== undefined && leafMessageId !== (chat.messages.at(-1)?.id ?? null);
  }

  async function stop(): Promise<void> {
    await follower.accepted();
    await api(stopAnswer, { params: { chatId }, body: { generationId: follower.generationId() } });
    await follower.endWithin(stopGraceMs);
  }

  return {
    chatId,
    chat,
    place,
    deliver,
    stop,
    chosen,

    /** Where the next question would go, and to whom. */
    wouldAsk() {
      const parent = chat.messages.findLast(({ metadata }) => metadata?.delivery === undefined);
      return { id: chatId, parentId: parent?.id ?? null, model: chosen.next(), settings };
    },

    settings: (): ModelSettings => settings,
    reconnect: follower.resume,
    isBusy: follower.isTaken,
    ...createBranches({ chatId, follower, book, place, model: chosen.ofChat, stop }),
    hasEarlier: () => earlierCursor !== null,

    /** While an answer runs, or others wait already, it waits for its turn. */
    send(text: string): boolean {
      const message = questionOf(createId(), text);
      const outbox = findOutbox();
      const queued = outbox?.ofChat(chatId) ?? [];
      if (follower.isTaken() || queued.length > 0) {
        if (!outbox) return false;
        drafts.hold(place(), message.id, text);
        void waitAs(message, follower.isTaken() ? "answer" : "connection", asChosen()).then(deliver);
        chosen.forgetOnce();
        return true;
      }
      drafts.hold(place(), message.id, text);
      void askNow(message);
      return true;
    },

    /** Sends it under the id it had, so that it is stored once even if the first try did arrive. */
    resend(messageId: string): void {
      const message = find(messageId);
      if (!message || follower.isTaken()) return;
      remove(messageId);
      void askNow(questionOf(message.id, textOfMessage(message)));
    },

    async resendWith(messageId: string, model: ModelName): Promise<void> {
      chosen.choose(model);
      if (isStored) await api(updateChat, { params: { chatId }, body: { model: model.id } }).catch(seeLater);
      this.resend(messageId);
    },

    /** Takes an undelivered question back into the composer. */
    withdraw(messageId: string): void {
      const message = find(messageId);
      if (!message) return;
      remove(messageId);
      drafts.release(place(), [messageId]);
      drafts.giveBack(place(), textOfMessage(message));
    },

    /** Takes a waiting question back into the composer, unless it has just gone out. */
    async editWaiting(waiting: Waiting): Promise<void> {
      const taken = await findOutbox()?.withdraw(waiting);
      if (taken) drafts.giveBack(place(), taken.text);
    },

    /** With another model than the chat's, where one is named. */
    async answerAgain(messageId: string, otherModel?: string): Promise<void> {
      if (follower.isTaken()) return;
      const before = chat.messages;
      const index = before.findIndex((message) => message.id === messageId);
      if (before[index]?.role === "assistant") book.keep(parentIdOf(before, index), messageId);
      const refusal = await follower.exchange(() =>
        chat.regenerate({
          messageId,
          headers: { "Idempotency-Key": createId() },
          body: { model: otherModel ?? chosen.ofChat() ?? undefined },
        }),
      );
      if (refusal) {
        chat.messages = before;
        follower.annotate(messageId, { error: refusal.error, failedAt: Date.now() });
      }
      publishChatEvent({ type: "answer-settled", chatId });
    },

    /** Goes on with an answer that was cut short, in the same message. */
    async continueAnswer(messageId: string): Promise<void> {
      const before = find(messageId)?.metadata;
      if (follower.isBusy() || !before) return;
      follower.annotate(messageId, {
        status: "streaming",
        error: null,
        failedAt: undefined,
        isDetached: false,
      });
      const refusal = await follower.exchange(() =>
        chat.resumeStream({ headers: { "Idempotency-Key": createId() }, body: { messageId } }),
      );
      if (refusal) {
        follower.annotate(messageId, { ...before, error: refusal.error, failedAt: Date.now() });
      }
      publishChatEvent({ type: "answer-settled", chatId });
    },

    /** The choice travels with the first question of a chat that is not stored yet. */
    async chooseModel(model: ModelName): Promise<void> {
      const before = chosen.ofChat();
      chosen.choose(model);
      if (!isStored) return;
      try {
        await api(updateChat, { params: { chatId }, body: { model: model.id } });
      } catch (cause) {
        chosen.adopt(before);
        throw cause;
      }
    },

    /** For the next question alone; the first one of a chat makes the choice the chat's. */
    chooseOnce(model: ModelName): void {
      if (isStored) chosen.chooseOnce(model);
      else chosen.choose(model);
    },

    async changeSettings(wanted: ModelSettings): Promise<void> {
      if (isStored) await api(updateChat, { params: { chatId }, body: { settings: wanted } });
      settings = wanted;
    },

    /** With a message, back to that one where it is not too far away. */
    async loadEarlier(from?: string): Promise<void> {
      if (earlierCursor === null) return;
      const query = { path: "active" as const, before: earlierCursor, from };
      const page = await api(listMessages, { params: { chatId }, query });
      earlierCursor = page.nextCursor;
      book.learn(page);
      follower.prepend(page.items);
    },

    /** What the server says now, for a session that was kept while another chat was open. */
    adopt(newer: StoredChat): void {
      if (newer.readAt <= readAt) return;
      readAt = newer.readAt;
      mayBeAnswering = newer.isAnswering;
      chosen.adopt(newer.model ?? chosen.ofChat());
      settings = newer.settings;
      follower.adopt({ items: newer.messages, nextCursor: newer.earlierCursor, forks: newer.forks });
    },

    /** What other tabs and devices did in this chat. A chat that is not shown catches up when it is. */
    learn(event: UserEvent): void {
      if (event.type === "credential-changed" || (event.type === "resync" && !isStored)) return;
      if (event.type !== "resync" && event.chatId !== chatId) return;
      if (event.type === "chat-updated" && !isElsewhere(event.leafMessageId)) return;
      const last = chat.messages.at(-1)?.metadata;
      const isKnown =
        event.type === "generation-ended" &&
        last?.generationId === event.generationId &&
        last.status !== "streaming";
      if (isKnown) return;
      // What is out of sight holds no stream: the end of the answer is a reason to fetch it.
      if (event.type === "generation-ended") connection.wake();
      if (follower.isBusy()) return;
      becomeStored();
      if (presence.isShown()) void follower.catchUp();
      else hasMissed = true;
    },

    /** Picks up a running answer and what was missed, and again whenever the page or the network comes back. */
    attach(): () => void {
      const resumeWhenCut = () => {
        lastLook.turned();
        const isRunning = chat.messages.at(-1)?.metadata?.status === "streaming";
        if (isRunning && presence.isVisible()) void follower.resume();
      };
      const hide = presence.show();
      if (mayBeAnswering) void follower.resume();
      else if (hasMissed) void follower.catchUp();
      else resumeWhenCut();
      mayBeAnswering = false;
      hasMissed = false;
      void findOutbox()?.ready.then(deliver);
      const unsubscribe = connection.presence.subscribe(resumeWhenCut);
      return () => {
        hide();
        lastLook.turned();
        unsubscribe();
      };
    },
  };
}

/** How long a stopped answer may take to say so on its own stream before it is read from the server. */
const stopGraceMs = 2000;

/** The versions are read with the next page. */
function seeLater(): null {
  return null;
}

/** What storage does not take stays in memory and in the draft. */
function keepForLater(): void {}
