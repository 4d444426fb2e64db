"use client";

import { createContext, type ReactNode, use, useEffect, useState, useSyncExternalStore } from "react";
import { api } from "@/app/_client/api";
import { ChatFailure } from "@/app/_client/chat-failure";
import { connection } from "@/app/_client/connection/connection";
import { subscribeToChatEvents } from "@/app/_client/events/chat-events";
import { subscribeToUserEvents } from "@/app/_client/events/told-events";
import { countUnread, getChat, keepChats, listChats, purgeChats, updateChat } from "@/lib/api/chats";
import type { Chat } from "@/lib/chats/chat";
import type { ChatCalls, ChatFilter, ChatPage } from "./chat-listing";
import { createChatLists } from "./chat-lists";
import type { ShownList } from "./shown-list";

/** How chats are kept; what is not said stays as it is. */
export interface Keeping {
  pinned?: boolean;
  archived?: boolean;
  deleted?: boolean;
  unread?: boolean;
}

export interface ChatList {
  /** The chats that are neither archived nor deleted, as far as they were fetched. */
  chats: readonly Chat[];
  shown: ShownList;
  /** How many of all chats have an answer that nobody has looked at. */
  unreadCount: number;
  find(chatId: string): Chat | null;
  /** Deleted for good, here or elsewhere, since this page was loaded. */
  isGone(chatId: string): boolean;
  /** Has a chat that `find` does not find fetched. */
  require(chatId: string): void;
  /** Keeps a chat up to date while it is looked at, whatever was missed. Gives the function that ends it. */
  watch(chatId: string): () => void;
  show(filter: ChatFilter): void;
  /** Both of what is shown. */
  loadMore(): void;
  refresh(): void;
  /** Each shows its effect at once, and takes it back when the server refuses. */
  rename(chatId: string, title: string): Promise<void>;
  keep(chatIds: readonly string[], keeping: Keeping): Promise<void>;
  /** For good, from the trash. */
  purge(chatIds: readonly string[] | "all"): Promise<void>;
  /** Tells everybody that the person has looked; it does not matter when that fails. */
  markRead(chatId: string): void;
}

type Lists = ReturnType<typeof createChatLists>;

/** Where the list is, and not the list: with another value React would look through the whole page for who uses it. */
const ChatListContext = createContext<ListSource | null>(null);

export function useChatList(): ChatList {
  const source = use(ChatListContext);
  if (source === null) throw new Error("useChatList needs a ChatListProvider above it");
  return useSyncExternalStore(source.subscribe, source.list, source.list);
}

/** A chat by its id, fetched when it is stored and in no list; `null` until it is there. */
export function useKnownChat(chatId: string, isStored: boolean): Chat | null {
  const { find, require, watch } = useChatList();
  const chat = find(chatId);
  const isMissing = isStored && chat === null;
  useEffect(() => {
    if (isMissing) require(chatId);
  }, [isMissing, chatId, require]);
  useEffect(() => watch(chatId), [chatId, watch]);
  return chat;
}

interface ChatListProviderProps {
  firstPage: ChatPage;
  unreadCount: number;
  children: ReactNode;
}

export function ChatListProvider({ firstPage, unreadCount, children }: ChatListProviderProps) {
  const [lists] = useState(() => createChatLists({ firstPage, unreadCount, calls, setTimer }));
  const [source] = useState(() => createSource(lists));

  useEffect(() => {
    const unsubscribes = [subscribeToChatEvents(lists.expect), subscribeToUserEvents(lists.learn)];
    // Without a live connection, answers of other tabs and devices end without telling this page.
    const timer = setInterval(() => {
      const isWaiting = lists.state().main.chats.some(({ activeGeneration }) => activeGeneration !== null);
      if (isWaiting && connection.state() !== "live") lists.refresh();
    }, answeringPollMs);
    return () => {
      for (const unsubscribe of unsubscribes) unsubscribe();
      clearInterval(timer);
    };
  }, [lists]);

  return <ChatListContext value={source}>{children}</ChatListContext>;
}

const answeringPollMs = 4000;

interface ListSource {
  subscribe(listener: () => void): () => void;
  /** The same until something changes. */
  list(): ChatList;
}

function createSource(lists: Lists): ListSource {
  let state = lists.state();
  let list = listOf(lists, state);
  return {
    subscribe: lists.subscribe,
    list() {
      if (state === lists.state()) return list;
      state = lists.state();
      list = listOf(lists, state);
      return list;
    },
  };
}

function listOf(lists: Lists, state: ReturnType<Lists["state"]>): ChatList {
  const keep = (chatIds: readonly string[], keeping: Keeping) =>
    lists.change(
      chatIds,
      (chat) => kept(chat, keeping),
      () => inGroups(chatIds, (ids) => api(keepChats, { body: { ids, ...keeping } })),
    );
  return {
    chats: state.main.chats,
    shown: state.shown,
    unreadCount: state.unreadCount,
    find: (chatId) => state.known.get(chatId) ?? null,
    isGone: (chatId) => state.gone.has(chatId),
    require: lists.require,
    watch: lists.watch,
    show: lists.show,
    loadMore: lists.loadMore,
    refresh: lists.refresh,
    keep,
    rename: (chatId, title) =>
      lists.change(
        [chatId],
        (chat) => ({ ...chat, title }),
        () => api(updateChat, { params: { chatId }, body: { title } }),
      ),
    purge: (chatIds) =>
      lists.change(
        chatIds === "all"
          ? [...state.known.values()].filter(({ deletedAt }) => deletedAt).map(({ id }) => id)
          : chatIds,
        () => null,
        () =>
          chatIds === "all"
            ? api(purgeChats, { body: { ids: "all" } })
            : inGroups(chatIds, (ids) => api(purgeChats, { body: { ids } })),
      ),
    markRead(chatId) {
      const body = { ids: [chatId], unread: false };
      const read = () => api(keepChats, { body, keepalive: true });
      lists.change([chatId], (chat) => kept(chat, { unread: false }), read).catch(leaveUnread);
    },
  };
}

/** As many as one request takes. */
const groupMax = 500;

async function inGroups(ids: readonly string[], call: (ids: string[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < ids.length; from += groupMax) await call(ids.slice(from, from + groupMax));
}

function kept(chat: Chat, { deleted, ...flags }: Keeping): Chat {
  if (deleted === undefined) return { ...chat, ...flags };
  return { ...chat, ...flags, deletedAt: deleted ? (chat.deletedAt ?? new Date().toISOString()) : null };
}

/** The next look at the chat says it again. */
function leaveUnread(): void {}

function setTimer(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

const calls: ChatCalls = {
  list: ({ view, q }, cursor, limit) =>
    api(listChats, {
      query: {
        cursor: cursor ?? undefined,
        limit,
        archived: view === "archive" ? "true" : "false",
        deleted: view === "trash" ? "true" : "false",
        q: q.trim() === "" ? undefined : q,
      },
    }),
  countUnread: async () => (await api(countUnread)).count,
  get: (chatId) => api(getChat, { params: { chatId } }).catch(nullWhereMissing),
};

function nullWhereMissing(cause: unknown): null {
  if (cause instanceof ChatFailure && cause.error.type === "not_found") return null;
  throw cause;
}
