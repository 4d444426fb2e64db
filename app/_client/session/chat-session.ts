import { api } from "@/app/_client/api";
import { connection } from "@/app/_client/connection/connection";
import { createShownPresence } from "@/app/_client/connection/shown-presence";
import { drafts, newChatPlace } from "@/app/_client/drafts/drafts";
import { newChatChoice } from "@/app/_client/drafts/new-chat-choice";
import { publishChatEvent } from "@/app/_client/events/chat-events";
import { findOutbox } from "@/app/_client/outbox/browser-outbox";
import { createAnswerFollower } from "@/app/_client/streams/answer-follower";
import { listMessages, updateChat } from "@/lib/api/chats";
import { stopAnswer } from "@/lib/api/generations";
import type { Fork } from "@/lib/chats/chat-store";
import type { Message } from "@/lib/chats/message";
import type { UserEvent } from "@/lib/events/user-event";
import type { ModelSettings } from "@/lib/models/settings";
import { createAsking } from "./asking";
import { createAnswers } from "./chat-answers";
import { createBranches } from "./chat-branches";
import { createChosenModel, type ModelName } from "./chosen-model";
import { createLastLook } from "./last-look";
import { createOpenEdits } from "./open-edits";
import { createVersionBook } from "./version-book";

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
  let hasKeptChoice = left === undefined;
  let earlierCursor = stored?.earlierCursor ?? null;
  let readAt = stored?.readAt ?? 0;
  let mayBeAnswering = stored?.isAnswering ?? false;
  let hasMissed = false;
  /** The generations, or something else (`null`), that were told of while another answer was followed here. */
  const heardMeanwhile = new Set<string | null>();

  const book = createVersionBook();
  if (stored) book.learn({ items: stored.messages, forks: stored.forks });

  const presence = createShownPresence(connection.presence);
  const follower = createAnswerFollower(chatId, stored?.messages ?? [], {
    connection: connection.within(presence),
    onAccepted: (leftLeafId) => asking.confirmDelivery(leftLeafId),
    onRead(page, isAnew) {
      book.learn(page);
      if (isAnew) earlierCursor = page.nextCursor;
    },
    onEnded() {
      if (lastLook.hasSeenAll()) publishChatEvent({ type: "answer-seen", chatId });
    },
    onIdle() {
      if (follower.isFollowing()) return;
      const isBehind = [...heardMeanwhile].some((id) => id === null || !isKnown(id));
      heardMeanwhile.clear();
      if (isBehind && presence.isShown()) return void follower.catchUp();
      hasMissed ||= isBehind;
      void asking.questions.deliver();
    },
  });
  const { chat } = follower;
  const lastLook = createLastLook({ last: () => chat.messages.at(-1), isVisible: presence.isVisible });

  const place = () => (isStored ? chatId : newChatPlace);
  const asking = createAsking({
    chatId,
    follower,
    book,
    chosen,
    settings: () => settings,
    isStored: () => isStored,
    becomeStored,
    place,
  });

  function becomeStored(): void {
    if (isStored) return;
    isStored = true;
    // What is kept for a new chat is that one's which was shown last, when another is delivered behind it.
    if (shownNewChatId === null || shownNewChatId === chatId) {
      shownNewChatId = null;
      drafts.move(newChatPlace, chatId);
      newChatChoice.forget();
    }
    // Only the address changes, now that it leads somewhere; the page stays as it is.
    if (presence.isShown()) window.history.replaceState(null, "", `/chat/${chatId}`);
  }

  /** Unless its first question waits, and keeps it. */
  function keepChoice(): void {
    if (findOutbox()?.ofChat(chatId).length) return;
    const id = chosen.ofChat();
    newChatChoice.keep({ model: id === null ? null : { id, name: chosen.nameOf(id) }, settings });
  }

  /** Not before the page is there: the server drew it without. */
  function takeKeptChoice(): void {
    const kept = hasKeptChoice && !isStored ? newChatChoice.read() : null;
    hasKeptChoice = false;
    if (!kept) return;
    if (kept.model) chosen.takeUp(kept.model);
    settings = kept.settings;
  }

  function isKnown(generationId: string): boolean {
    return chat.messages.some(({ metadata }) => metadata?.generationId === generationId);
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
    ...asking.questions,
    ...createAnswers({ chatId, follower, book, chosen }),
    ...createBranches({ chatId, follower, book, place, chosen, stop }),
    ...createOpenEdits(chatId),
    hasEarlier: () => earlierCursor !== null,

    /** The choice travels with the first question of a chat that is not stored yet. */
    async chooseModel(model: ModelName): Promise<void> {
      const before = chosen.ofChat();
      chosen.choose(model);
      if (!isStored) {
        keepChoice();
        return;
      }
      try {
        await api(updateChat, { params: { chatId }, body: { model: model.id } });
      } catch (cause) {
        chosen.adopt(before);
        throw cause;
      }
    },

    /** For the next question alone; the first one of a chat makes the choice the chat's. */
    chooseOnce(model: ModelName): void {
      if (isStored) {
        chosen.chooseOnce(model);
        return;
      }
      chosen.choose(model);
      keepChoice();
    },

    async changeSettings(wanted: ModelSettings): Promise<void> {
      if (isStored) await api(updateChat, { params: { chatId }, body: { settings: wanted } });
      settings = wanted;
      if (!isStored) keepChoice();
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

    /** Something happened before it was there to be told. */
    miss(): void {
      hasMissed = isStored;
    },

    /** What other tabs and devices did in this chat. A chat that is not shown catches up when it is. */
    learn(event: UserEvent): void {
      if (event.type === "cost-known") return;
      if (event.type === "resync" ? !isStored : !("chatId" in event) || event.chatId !== chatId) return;
      if (event.type === "chat-updated" && !isElsewhere(event.leafMessageId)) return;
      const last = chat.messages.at(-1)?.metadata;
      const isShown =
        event.type === "generation-ended" &&
        last?.generationId === event.generationId &&
        last.status !== "streaming";
      if (isShown) return;
      // What is out of sight holds no stream: the end of the answer is a reason to fetch it.
      if (event.type === "generation-ended") connection.wake();
      if (follower.isFollowing()) {
        heardMeanwhile.add("generationId" in event ? event.generationId : null);
        return;
      }
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
      if (!isStored) shownNewChatId = chatId;
      takeKeptChoice();
      if (mayBeAnswering) void follower.resume();
      else if (hasMissed) void follower.catchUp();
      else resumeWhenCut();
      mayBeAnswering = false;
      hasMissed = false;
      void findOutbox()?.ready.then(asking.questions.deliver);
      const unsubscribe = connection.presence.subscribe(resumeWhenCut);
      return () => {
        hide();
        lastLook.turned();
        unsubscribe();
      };
    },
  };
}

/** Of the chats that the server has never heard of. */
let shownNewChatId: string | null = null;

/** How long a stopped answer may take to say so on its own stream before it is read from the server. */
const stopGraceMs = 2000;
