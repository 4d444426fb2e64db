import type { ChatEvent } from "@/app/_client/chat-events";
import type { Chat } from "@/lib/chats/chat";
import { titleFrom } from "@/lib/chats/title";
import type { UserEvent } from "@/lib/events/user-event";
import { aChat } from "./a-chat";
import {
  belongs,
  type ChatFilter,
  type ChatPage,
  type Listing,
  narrowed,
  withChats,
  withoutChats,
  withPage,
} from "./chat-listing";

export interface ChatCalls {
  list(filter: ChatFilter, cursor: string | null, limit: number): Promise<ChatPage>;
  /** `null` when there is no such chat. */
  get(chatId: string): Promise<Chat | null>;
}

export interface ShownList {
  filter: ChatFilter;
  chats: readonly Chat[];
  hasMore: boolean;
  isLoading: boolean;
  /** More could not be fetched. A refresh that fails leaves what is shown, and is tried again. */
  hasFailed: boolean;
}

export interface ChatListsState {
  /** The chats that are neither archived nor deleted. */
  main: ShownList;
  /** What the side bar shows: the same, or another view, or those that a filter leaves. */
  shown: ShownList;
  /** Every chat this page has heard of. */
  known: ReadonlyMap<string, Chat>;
}

interface Entry {
  listing: Listing;
  isLoading: boolean;
  hasFailed: boolean;
}

type Change = (chat: Chat) => Chat | null;

export type ChatLists = ReturnType<typeof createChatLists>;

/**
 * The person's chats as far as they were fetched, kept up to date chat by chat: a long list is never read again as
 * a whole. What the person has changed shows at once, also in what is fetched before the server knows of it.
 */
export function createChatLists({
  firstPage,
  calls,
  setTimer,
}: {
  firstPage: ChatPage;
  calls: ChatCalls;
  setTimer(run: () => void, ms: number): () => void;
}) {
  const listeners = new Set<() => void>();
  const known = new Map(firstPage.items.map((chat) => [chat.id, chat]));
  const pending = new Map<string, Change[]>();
  const main: Entry = entryOf({
    filter: everyChat,
    chats: firstPage.items,
    nextCursor: firstPage.nextCursor,
  });
  let shown = main;
  let state = drawn();
  let stopTyping = () => {};
  let stopLearning = () => {};
  const toLearn = new Set<string>();

  const entries = () => (shown === main ? [main] : [main, shown]);

  function drawn(): ChatListsState {
    const drawnMain = draw(main);
    return { main: drawnMain, shown: shown === main ? drawnMain : draw(shown), known: new Map(known) };
  }

  function tell(): void {
    state = drawn();
    for (const listener of listeners) listener();
  }

  function withPending(chat: Chat): Chat | null {
    return (pending.get(chat.id) ?? []).reduce<Chat | null>((now, change) => now && change(now), chat);
  }

  function put(chats: readonly Chat[]): void {
    const now = chats.map((chat) => ({ id: chat.id, chat: withPending(chat) }));
    const gone = new Set(now.flatMap(({ id, chat }) => (chat ? [] : id)));
    const present = now.flatMap(({ chat }) => chat ?? []);
    for (const chat of present) known.set(chat.id, chat);
    for (const id of gone) known.delete(id);
    for (const entry of entries()) entry.listing = withoutChats(withChats(entry.listing, present), gone);
  }

  function remove(ids: readonly string[]): void {
    const gone = new Set(ids);
    for (const id of ids) known.delete(id);
    for (const entry of entries()) entry.listing = withoutChats(entry.listing, gone);
  }

  /** Fetches anew as much as there is, within reason, or the next page. */
  async function load(entry: Entry, what: "next" | "again"): Promise<void> {
    if (entry.isLoading && what === "next") return;
    const wanted = entry.listing;
    const countMin = what === "again" ? Math.min(wanted.chats.length, refreshedMax) : 1;
    entry.isLoading = true;
    entry.hasFailed = false;
    tell();
    try {
      let fetched: Listing = what === "again" ? { ...wanted, nextCursor: undefined } : wanted;
      let count = 0;
      do {
        const page = await calls.list(wanted.filter, fetched.nextCursor ?? null, pageSize);
        fetched = withPage(fetched, page);
        count += page.items.length;
      } while (count < countMin && fetched.nextCursor);
      const items = fetched.chats.flatMap((chat) => withPending(chat) ?? []);
      for (const chat of items) known.set(chat.id, chat);
      entry.listing = { ...fetched, chats: items.filter((chat) => belongs(wanted.filter, chat)) };
    } catch {
      // Shown as a list that could not be loaded, with a way to try again.
      entry.hasFailed = what === "next" || wanted.nextCursor === undefined;
    } finally {
      entry.isLoading = false;
      tell();
    }
  }

  async function learnNow(): Promise<void> {
    const ids = [...toLearn];
    toLearn.clear();
    if (ids.length > learnedAtOnceMax) return refresh();
    const found = await Promise.all(ids.map((id) => calls.get(id).catch(tryAnotherTime)));
    put(found.flatMap((chat) => chat ?? []));
    remove(ids.filter((_, index) => found[index] === null));
    tell();
  }

  function learnSoon(chatId: string): void {
    toLearn.add(chatId);
    stopLearning();
    stopLearning = setTimer(() => void learnNow(), learnAfterMs);
  }

  async function refresh(): Promise<void> {
    await Promise.all(entries().map((entry) => load(entry, "again")));
  }

  return {
    state: () => state,

    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },

    /** What is loaded is filtered at once; the server is asked when the typing pauses, where that is not all. */
    show(filter: ChatFilter): void {
      stopTyping();
      const isMain = filter.view === "chats" && filter.q.trim() === "";
      const base = shown.listing.filter.view === filter.view && isLonger(filter, shown) ? shown : main;
      shown = isMain ? main : entryOf(narrowed(base.listing, filter));
      const wanted = shown;
      if (wanted !== main && wanted.listing.nextCursor === undefined) {
        wanted.isLoading = true;
        stopTyping = setTimer(() => void load(wanted, "again"), filter.q === "" ? 0 : askAfterMs);
      }
      tell();
    },

    loadMore: () => void load(shown, shown.listing.nextCursor === undefined ? "again" : "next"),
    refresh: () => void refresh(),

    /** A chat that is in no part that was fetched. */
    require(chatId: string): void {
      if (!known.has(chatId)) learnSoon(chatId);
    },

    /** What happened in other tabs, on other devices and on the server. */
    learn(event: UserEvent): void {
      if (event.type === "resync") return void refresh();
      if (event.type === "credential-changed") return;
      if (event.type === "generation-ended") {
        const chat = known.get(event.chatId);
        if (chat?.activeGeneration) {
          put([{ ...chat, activeGeneration: null }]);
          tell();
        }
      }
      learnSoon(event.chatId);
    },

    /** What this page does in a chat, before the server knows. */
    expect(event: ChatEvent): void {
      const chat = known.get(event.chatId);
      if (event.type === "question-asked") put([asked(chat, event, new Date().toISOString())]);
      else if (event.type === "question-refused" && !event.isStored) remove([event.chatId]);
      else if (chat) put([{ ...chat, activeGeneration: null }]);
      tell();
      if (event.type === "answer-settled") learnSoon(event.chatId);
    },

    /** Changes what is shown here, whatever the server says later. */
    note(chatId: string, change: Change): void {
      const chat = known.get(chatId);
      const changed = chat && change(chat);
      if (!changed) return;
      put([changed]);
      tell();
    },

    /** Shows the change at once and takes it back when the server refuses; `null` removes the chat. */
    async change(chatIds: readonly string[], change: Change, call: () => Promise<unknown>): Promise<void> {
      const before = chatIds.flatMap((id) => known.get(id) ?? []);
      for (const id of chatIds) pending.set(id, [...(pending.get(id) ?? []), change]);
      put(before);
      tell();
      const settle = () => {
        for (const id of chatIds) {
          const left = (pending.get(id) ?? []).filter((other) => other !== change);
          if (left.length > 0) pending.set(id, left);
          else pending.delete(id);
        }
      };
      try {
        await call();
        settle();
      } catch (cause) {
        settle();
        put(before);
        throw cause;
      } finally {
        tell();
        for (const id of chatIds) learnSoon(id);
      }
    },
  };
}

export const everyChat: ChatFilter = { view: "chats", q: "" };

/** As many as the server gives at once. */
const pageSize = 100;
/** Of a longer list the rest is fetched again as it is scrolled. */
const refreshedMax = 300;
/** Events come in groups: a question makes three. */
const learnAfterMs = 150;
const learnedAtOnceMax = 8;
const askAfterMs = 200;

function entryOf(listing: Listing): Entry {
  return { listing, isLoading: false, hasFailed: false };
}

function draw({ listing, isLoading, hasFailed }: Entry): ShownList {
  const { filter, chats, nextCursor } = listing;
  return { filter, chats, hasMore: nextCursor !== null, isLoading, hasFailed };
}

function isLonger({ q }: ChatFilter, { listing }: Entry): boolean {
  return q.startsWith(listing.filter.q);
}

/** Whether it is still there is not known: it stays until it is. */
function tryAnotherTime(): undefined {}

/** The chat as it will be once the server has the question. */
function asked(
  known: Chat | undefined,
  { chatId, question, model }: Extract<ChatEvent, { type: "question-asked" }>,
  now: string,
): Chat {
  const named = { id: chatId, title: titleFrom(question), model };
  const first = known ?? aChat({ ...named, createdAt: now, updatedAt: now });
  return {
    ...first,
    archived: false,
    unread: false,
    updatedAt: now,
    activeGeneration: {
      id: "",
      messageId: "",
      status: "queued",
      startedAt: now,
      partialLength: 0,
      readers: 1,
    },
  };
}
