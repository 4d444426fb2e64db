import type { Chat } from "@/lib/chats/chat";

/** A chat as it begins, but for what `given` says. */
export function aChat(given: Partial<Chat> & { id: string }): Chat {
  const now = new Date().toISOString();
  return {
    title: null,
    model: null,
    settings: {},
    pinned: false,
    archived: false,
    unread: false,
    deletedAt: null,
    leafMessageId: null,
    characterId: null,
    profileId: null,
    createdAt: now,
    updatedAt: now,
    activeGeneration: null,
    ...given,
  };
}
