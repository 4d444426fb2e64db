import type { Chat } from "@/lib/chats/chat";

/** The chat list as it was fetched, page by page; the server's order is kept. */
export interface ChatPage {
  items: Chat[];
  nextCursor: string | null;
}

export function findChat(pages: readonly ChatPage[], chatId: string): Chat | null {
  return allChats(pages).find((chat) => chat.id === chatId) ?? null;
}

/** A chat that moves while pages are fetched may be in two of them. */
export function allChats(pages: readonly ChatPage[]): Chat[] {
  return [...new Map(pages.flatMap((page) => page.items).map((chat) => [chat.id, chat])).values()];
}

/** Puts the chat where the server would: pinned ones first, then the most recently used. */
export function withChatOnTop(pages: readonly ChatPage[], chat: Chat): ChatPage[] {
  const [first, ...rest] = withoutChat(pages, chat.id);
  const items = first?.items ?? [];
  const at = chat.pinned ? 0 : items.filter((other) => other.pinned).length;
  return [
    { items: [...items.slice(0, at), chat, ...items.slice(at)], nextCursor: first?.nextCursor ?? null },
    ...rest,
  ];
}

export function withChange(pages: readonly ChatPage[], chatId: string, change: Partial<Chat>): ChatPage[] {
  return pages.map((page) => ({
    ...page,
    items: page.items.map((chat) => (chat.id === chatId ? { ...chat, ...change } : chat)),
  }));
}

export function withoutChat(pages: readonly ChatPage[], chatId: string): ChatPage[] {
  return pages.map((page) => ({ ...page, items: page.items.filter((chat) => chat.id !== chatId) }));
}
