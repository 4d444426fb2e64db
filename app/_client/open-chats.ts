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
  sessions.delete(chatId);
  sessions.set(chatId, session);
  forgetIdle();
  return session;
}

export function findOpenChat(chatId: string): ChatSession | null {
  return sessions.get(chatId) ?? null;
}

/** In the order of use, the latest last. */
const sessions = new Map<string, ChatSession>();

/** Enough for going back and forth; a chat of 2,000 messages is some megabytes. */
const keptMax = 12;

function forgetIdle(): void {
  for (const [chatId, session] of sessions) {
    if (sessions.size <= keptMax) return;
    if (session.chat.status === "ready") sessions.delete(chatId);
  }
}
