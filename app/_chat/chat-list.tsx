"use client";

import { createContext, type ReactNode, use, useEffect, useMemo } from "react";
import useSWRInfinite from "swr/infinite";
import { api } from "@/app/_client/api";
import { type ChatEvent, subscribeToChatEvents } from "@/app/_client/chat-events";
import { connection } from "@/app/_client/connection";
import { subscribeToUserEvents } from "@/app/_client/told-events";
import { deleteChat, listChats, restoreChat, updateChat } from "@/lib/api/chats";
import type { Chat } from "@/lib/chats/chat";
import { titleFrom } from "@/lib/chats/title";
import { allChats, type ChatPage, findChat, withChange, withChatOnTop, withoutChat } from "./chat-pages";

export interface ChatList {
  chats: Chat[];
  hasMore: boolean;
  isLoadingMore: boolean;
  /** More could not be fetched. A refresh that fails leaves what is shown, and is tried again. */
  hasFailed: boolean;
  loadMore(): void;
  refresh(): void;
  /** Each shows its effect at once, and takes it back when the server refuses. */
  rename(chatId: string, title: string): Promise<void>;
  pin(chatId: string, pinned: boolean): Promise<void>;
  remove(chatId: string): Promise<void>;
  restore(chatId: string): Promise<void>;
}

const ChatListContext = createContext<ChatList | null>(null);

export function useChatList(): ChatList {
  const list = use(ChatListContext);
  if (list === null) throw new Error("useChatList needs a ChatListProvider above it");
  return list;
}

export function ChatListProvider({ firstPage, children }: { firstPage: ChatPage; children: ReactNode }) {
  const { data, error, size, setSize, isLoading, mutate } = useSWRInfinite(keyOf, fetchPage, {
    fallbackData: [firstPage],
    revalidateOnMount: false,
    refreshInterval: (pages) =>
      connection.state() !== "live" && allChats(pages ?? []).some(isAnswering) ? answeringPollMs : 0,
  });
  const pages = data ?? [firstPage];

  useEffect(
    () =>
      subscribeToChatEvents((event) => {
        if (event.type === "answer-settled") mutate();
        else mutate((known) => afterEvent(known ?? [firstPage], event), { revalidate: false });
      }),
    [mutate, firstPage],
  );

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = subscribeToUserEvents((event) => {
      if (event.type === "generation-ended") {
        mutate((known) => withChange(known ?? [firstPage], event.chatId, { activeGeneration: null }), {
          revalidate: false,
        });
      }
      clearTimeout(timer);
      timer = setTimeout(() => mutate(), refetchDelayMs);
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [mutate, firstPage]);

  const list = useMemo<ChatList>(() => {
    const show = (change: (pages: ChatPage[]) => ChatPage[]) =>
      mutate((known) => change(known ?? [firstPage]), { revalidate: false });
    const act = async (change: (pages: ChatPage[]) => ChatPage[], call: () => Promise<unknown>) => {
      await show(change);
      try {
        await call();
      } finally {
        mutate();
      }
    };
    return {
      chats: allChats(pages),
      hasMore: pages.at(-1)?.nextCursor !== null,
      isLoadingMore: isLoading || size > pages.length,
      hasFailed: error !== undefined && size > pages.length,
      loadMore: () => void setSize((current) => current + 1),
      refresh: () => void mutate(),
      rename: (chatId, title) =>
        act(
          (known) => withChange(known, chatId, { title }),
          () => api(updateChat, { params: { chatId }, body: { title } }),
        ),
      pin: (chatId, pinned) =>
        act(
          (known) => withChange(known, chatId, { pinned }),
          () => api(updateChat, { params: { chatId }, body: { pinned } }),
        ),
      remove: (chatId) =>
        act(
          (known) => withoutChat(known, chatId),
          () => api(deleteChat, { params: { chatId } }),
        ),
      restore: (chatId) =>
        act(
          (known) => known,
          () => api(restoreChat, { params: { chatId } }),
        ),
    };
  }, [pages, error, size, isLoading, setSize, mutate, firstPage]);

  return <ChatListContext value={list}>{children}</ChatListContext>;
}

/** Events come in groups: a question makes three. */
const refetchDelayMs = 150;

/** Without a live connection, answers of other tabs and devices end without telling this page. */
const answeringPollMs = 4000;

function isAnswering(chat: Chat): boolean {
  return chat.activeGeneration !== null;
}

function keyOf(_: number, previous: ChatPage | null): readonly [string, string | null] | null {
  if (previous?.nextCursor === null) return null;
  return ["chats", previous?.nextCursor ?? null];
}

function fetchPage([, cursor]: readonly [string, string | null]): Promise<ChatPage> {
  return api(listChats, { query: { cursor: cursor ?? undefined } });
}

type QuestionEvent = Exclude<ChatEvent, { type: "answer-settled" }>;

function afterEvent(pages: ChatPage[], event: QuestionEvent): ChatPage[] {
  if (event.type === "question-asked") return asked(pages, event);
  if (!event.isStored) return withoutChat(pages, event.chatId);
  return withChange(pages, event.chatId, { activeGeneration: null });
}

/** The chat as it will be once the server has the question. */
function asked(pages: ChatPage[], event: Extract<ChatEvent, { type: "question-asked" }>): ChatPage[] {
  const now = new Date().toISOString();
  const known = findChat(pages, event.chatId);
  return withChatOnTop(pages, {
    id: event.chatId,
    title: titleFrom(event.question),
    model: event.model,
    pinned: false,
    archived: false,
    unread: false,
    deletedAt: null,
    leafMessageId: null,
    characterId: null,
    profileId: null,
    createdAt: now,
    ...known,
    updatedAt: now,
    activeGeneration: {
      id: "",
      messageId: "",
      status: "queued",
      startedAt: now,
      partialLength: 0,
      readers: 1,
    },
  });
}
