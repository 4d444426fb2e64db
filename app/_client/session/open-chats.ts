import { api } from "@/app/_client/api";
import { findOutbox } from "@/app/_client/outbox/browser-outbox";
import { getChat, listMessages } from "@/lib/api/chats";
import type { UserEvent } from "@/lib/events/user-event";
import { type ChatSession, createChatSession, type StoredChat } from "./chat-session";

/**
 * The session of a chat: the one this page already has, brought up to date, or a new one.
 * On the server every render has its own, because the process is shared by everybody.
 */
export function openChat(chatId: string, stored: StoredChat | null): ChatSession {
  if (typeof window === "undefined") return createChatSession(chatId, stored);
  const known = sessions.get(chatId);
  const session = known ?? createChatSession(chatId, stored);
  if (known && stored) known.adopt(stored);
  if (!known && untold.has(chatId)) session.miss();
  untold.delete(chatId);
  sessions.delete(chatId);
  sessions.set(chatId, session);
  forgetIdle();
  return session;
}

export function findOpenChat(chatId: string): ChatSession | null {
  return sessions.get(chatId) ?? null;
}

/** What happened elsewhere, for the chats that this page has open. */
export function learnEverywhere(event: UserEvent): void {
  if ("chatId" in event && !sessions.has(event.chatId)) untold.add(event.chatId);
  for (const session of sessions.values()) session.learn(event);
}

/** Sends whatever waits, also in chats that nobody has opened since. */
export async function deliverEverywhere(): Promise<void> {
  const waiting = findOutbox()?.all() ?? [];
  for (const { chatId, isNew } of new Map(waiting.map((each) => [each.chatId, each])).values()) {
    const session = findOpenChat(chatId) ?? (await load(chatId, isNew).catch(waitForAnotherTime));
    void session?.deliver();
  }
}

async function load(chatId: string, isNew: boolean): Promise<ChatSession> {
  const params = { chatId };
  const readAt = Date.now();
  const read = Promise.all([
    api(getChat, { params }),
    api(listMessages, { params, query: { path: "active" } }),
  ]);
  const [chat, page] = await (isNew ? read.catch(() => [null, null] as const) : read);
  const stored = chat && {
    messages: page.items,
    earlierCursor: page.nextCursor,
    forks: page.forks,
    model: chat.model,
    settings: chat.settings,
    isAnswering: chat.activeGeneration !== null,
    readAt,
  };
  return findOpenChat(chatId) ?? openChat(chatId, stored);
}

/** In the order of use, the latest last. */
const sessions = new Map<string, ChatSession>();

/** Something happened in them while nobody here would be told: a page of them may have been read before. */
const untold = new Set<string>();

/** Enough for going back and forth; a chat of 2,000 messages is some megabytes. */
const keptMax = 12;

function forgetIdle(): void {
  for (const [chatId, session] of sessions) {
    if (sessions.size <= keptMax) return;
    if (session.chat.status === "ready") sessions.delete(chatId);
  }
}

/** A chat that cannot be read now is tried when the connection is back. */
function waitForAnotherTime(): null {
  return null;
}
