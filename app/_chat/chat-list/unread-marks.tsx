"use client";

import { useEffect } from "react";
import { subscribeToChatEvents } from "@/app/_client/events/chat-events";
import { useChatList } from "./chat-list";
import { isNew } from "./chat-listing";
import { useLookedAt } from "./use-looked-at";

/** How many chats have an answer that nobody has looked at, but for the one before the person's eyes. */
export function useUnreadCount(): number {
  const { unreadCount, find } = useChatList();
  const lookedAt = useLookedAt();
  const isSeen = lookedAt !== null && isNew(find(lookedAt));
  return Math.max(0, unreadCount - (isSeen ? 1 : 0));
}

/** Tells what the person looks at, and shows in the tab's icon that something is new. Draws nothing. */
export function UnreadMarks() {
  const { find, markRead } = useChatList();
  const lookedAt = useLookedAt();
  const isDue = lookedAt !== null && find(lookedAt)?.unread === true;
  useEffect(() => {
    if (isDue) markRead(lookedAt);
  }, [isDue, lookedAt, markRead]);

  // Whoever leaves at that moment has seen it all the same.
  useEffect(
    () =>
      subscribeToChatEvents((event) => {
        if (event.type === "answer-seen") markRead(event.chatId);
      }),
    [markRead],
  );

  const hasUnread = useUnreadCount() > 0;
  useEffect(() => {
    if (!hasUnread) return;
    const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (!link) return;
    const { href } = link;
    link.href = markedIcon;
    return () => {
      link.href = href;
    };
  }, [hasUnread]);
  return null;
}

/** `icon.svg` with a dot. */
const markedIcon = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#0e6372"/><path d="M6.5 11.5a4.5 4.5 0 0 1 4.5-4.5h4v9.500a4.500 4.500 0 0 1-4.500 4.500H6.500z" fill="#fff"/><path d="M25.500 20.500a4.500 4.500 0 0 1-4.500 4.500h-4v-9.500a4.500 4.500 0 0 1 4.500-4.500h4z" fill="#a8dbe4"/><circle cx="25" cy="7" r="6.500" fill="#ffb02e" stroke="#fff" stroke-width="1.500"/></svg>',
)}`;
