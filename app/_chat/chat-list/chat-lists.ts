import type { ChatEvent } from "@/app/_client/events/chat-events";
import type { Chat } from "@/lib/chats/chat";
import type { UserEvent } from "@/lib/events/user-event";
import { askedChat, askedId } from "./asked-chat";
import {
  belongs,
  type ChatCalls,
  type ChatFilter,
  type ChatPage,
  isNew,
  type Listing,
  narrowed,
  withChats,
  withoutChats,
  withPage,
} from "./chat-listing";
import { type Change, createPendingChanges } from "./pending-changes";
import { draw, type Entry, entryOf, type ShownList } from "./shown-list";
import { createUnreadCount } from "./unread-count";
import { createWatchedChats } from "./watched-chats";

export interface ChatListsState {
  /** The chats that are neither archived nor deleted. */
  main: ShownList;
  /** What the side bar shows: the same, or another view, or those that a filter leaves. */
  shown: ShownList;
  /** Every chat this page has heard of. */
  known: ReadonlyMap<string, Chat>;
  /** Of all chats, also of those that were not fetched. */
  unreadCount: number;
  /** Those of them that were deleted for good. */
  gone: ReadonlySet<string>;
}

/**
 * The person's chats as far as they were fetched, kept up to date chat by chat: a long list is never read again as
 * a whole. What the person has changed shows at once, also in what is fetched before the server knows of it.
 */
export function createChatLists({
  firstPage,
  unreadCount,
  calls,
  setTimer,
}: {
  firstPage: ChatPage;
  unreadCount: number;
  calls: ChatCalls;
  setTimer(run: () => void, ms: number): () => void;
}) {
  const listeners = new Set<() => void>();
  const known = new Map(firstPage.items.map((chat) => [chat.id, chat]));
  const gone = new Set<string>();
  const pending = createPendingChanges();
  const main: Entry = entryOf({
    filter: everyChat,
    chats: firstPage.items,
    nextCursor: firstPage.nextCursor,
  });
  let shown = main;
  let stopTyping = () => {};
  let stopLearning = () => {};
  const unread = createUnreadCount({
    initial: unreadCount,
    fetchCount: calls.countUnread,
    isAhead: pending.hasSome,
  });
  const toLearn = new Set<string>();
  const watched = createWatchedChats();
  /** One for each list that is being fetched: the chats that were learned of since it was asked for. */
  const learnedMeanwhile = new Set<Set<string>>();

  let state = drawn();

  const entries = () => (shown === main ? [main] : [main, shown]);

  function drawn(): ChatListsState {
    const drawnMain = draw(main);
    return {
      main: drawnMain,
      shown: shown === main ? drawnMain : draw(shown),
      known: new Map(known),
      unreadCount: unread.value(),
      gone: new Set(gone),
    };
  }

  function tell(): void {
    state = drawn();
    for (const listener of listeners) listener();
  }

  function put(chats: readonly Chat[]): void {
    const now = chats.map((chat) => ({ id: chat.id, chat: pending.appliedTo(chat) }));
    noteMeanwhile(now.map(({ id }) => id));
    const absent = now.flatMap(({ id, chat }) => (chat ? [] : id));
    const present = now.flatMap(({ chat }) => chat ?? []);
    for (const chat of present) {
      known.set(chat.id, chat);
      gone.delete(chat.id);
    }
    for (const entry of entries()) entry.listing = withChats(entry.listing, present);
    removeForGood(absent);
  }

  function noteMeanwhile(ids: readonly string[]): void {
    for (const noted of learnedMeanwhile) for (const id of ids) noted.add(id);
  }

  /** What the person does here counts at once. */
  function putOwn(chats: readonly Chat[]): void {
    const countNew = () => chats.filter(({ id }) => isNew(known.get(id))).length;
    const before = countNew();
    put(chats);
    unread.changeBy(countNew() - before);
  }

  function remove(ids: readonly string[]): void {
    const gone = new Set(ids);
    noteMeanwhile(ids);
    for (const id of ids) known.delete(id);
    for (const entry of entries()) entry.listing = withoutChats(entry.listing, gone);
  }

  function removeForGood(ids: readonly string[]): void {
    for (const id of ids) gone.add(id);
    remove(ids);
  }

  /** Fetches anew as much as there is, within reason, or the next page. */
  async function load(entry: Entry, what: "next" | "again"): Promise<void> {
    if (entry.isLoading && what === "next") return;
    const wanted = entry.listing;
    const countMin = what === "again" ? Math.min(wanted.chats.length, refreshedMax) : 1;
    entry.isLoading = true;
    entry.hasFailed = false;
    const meanwhile = new Set<string>();
    learnedMeanwhile.add(meanwhile);
    tell();
    try {
      let fetched: Listing = what === "again" ? { ...wanted, nextCursor: undefined } : wanted;
      let count = 0;
      do {
        const page = await calls.list(wanted.filter, fetched.nextCursor ?? null, pageSize);
        fetched = withPage(fetched, page);
        count += page.items.length;
      } while (count < countMin && fetched.nextCursor);
      const items = fetched.chats
        .filter(({ id }) => !meanwhile.has(id))
        .flatMap((chat) => pending.appliedTo(chat) ?? []);
      for (const chat of items) known.set(chat.id, chat);
      const listing = { ...fetched, chats: items.filter((chat) => belongs(wanted.filter, chat)) };
      const newer = [...meanwhile].flatMap((id) => known.get(id) ?? []);
      entry.listing = withChats(listing, newer);
    } catch {
      // Shown as a list that could not be loaded, with a way to try again.
      entry.hasFailed = what === "next" || wanted.nextCursor === undefined;
    } finally {
      learnedMeanwhile.delete(meanwhile);
      entry.isLoading = false;
      tell();
    }
  }

  async function learnNow(): Promise<void> {
    const ids = [...toLearn];
    toLearn.clear();
    if (ids.length > learnedAtOnceMax) return refresh();
    await Promise.all([renew(ids), unread.refreshIfDue()]);
    tell();
  }

  async function renew(ids: readonly string[]): Promise<void> {
    const found = await Promise.all(ids.map((id) => calls.get(id).catch(tryAnotherTime)));
    for (const [index, id] of ids.entries()) if (found[index] !== undefined) watched.fetched(id);
    put(found.flatMap((chat) => chat ?? []));
    removeForGood(ids.filter((_, index) => found[index] === null));
  }

  function learnSoon(chatId: string): void {
    toLearn.add(chatId);
    stopLearning();
    stopLearning = setTimer(() => void learnNow(), learnAfterMs);
  }

  async function refresh(): Promise<void> {
    await Promise.all([
      unread.refresh(),
      renew(watched.ids((id) => isStored(known.get(id)))),
      ...entries().map((entry) => load(entry, "again")),
    ]);
    tell();
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
      if (known.has(chatId)) return;
      watched.require(chatId);
      learnSoon(chatId);
    },

    watch: watched.watch,

    /** What happened in other tabs, on other devices and on the server. */
    learn(event: UserEvent): void {
      if (event.type === "resync") return void refresh();
      if (!("chatId" in event) || event.type === "cost-known") return;
      // What begins makes nothing new.
      if (event.type !== "generation-started") unread.expire();
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
      if (event.type === "question-asked") putOwn([askedChat(chat, event, new Date().toISOString())]);
      else if (event.type === "question-refused" && !event.isStored) remove([event.chatId]);
      else if (chat) put([{ ...chat, activeGeneration: null }]);
      tell();
      if (event.type === "answer-settled") learnSoon(event.chatId);
    },

    /** Shows the change at once and takes it back when the server refuses; `null` removes the chat. */
    async change(chatIds: readonly string[], change: Change, call: () => Promise<unknown>): Promise<void> {
      const before = chatIds.flatMap((id) => known.get(id) ?? []);
      const settle = pending.add(chatIds, change);
      putOwn(before);
      tell();
      try {
        await call();
        settle();
      } catch (cause) {
        settle();
        putOwn(before);
        throw cause;
      } finally {
        unread.expire();
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

function isLonger({ q }: ChatFilter, { listing }: Entry): boolean {
  return q.startsWith(listing.filter.q);
}

/** The server may not have the first question yet: its chat would count as deleted. */
function isStored(chat: Chat | undefined): boolean {
  return chat !== undefined && chat.activeGeneration?.id !== askedId;
}

/** Whether it is still there is not known: it stays until it is. */
function tryAnotherTime(): undefined {}
