import type { Chat } from "@/lib/chats/chat";

/** `null` removes the chat. */
export type Change = (chat: Chat) => Chat | null;

/** What the person has changed and the server has not confirmed: it holds for whatever is fetched meanwhile. */
export function createPendingChanges() {
  const pending = new Map<string, Change[]>();
  return {
    hasSome: (): boolean => pending.size > 0,

    appliedTo(chat: Chat): Chat | null {
      return (pending.get(chat.id) ?? []).reduce<Chat | null>((now, change) => now && change(now), chat);
    },

    /** Gives what ends it. */
    add(chatIds: readonly string[], change: Change): () => void {
      for (const id of chatIds) pending.set(id, [...(pending.get(id) ?? []), change]);
      return () => {
        for (const id of chatIds) {
          const left = (pending.get(id) ?? []).filter((other) => other !== change);
          if (left.length > 0) pending.set(id, left);
          else pending.delete(id);
        }
      };
    },
  };
}
