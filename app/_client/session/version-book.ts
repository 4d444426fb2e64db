import type { Fork, MessagePage } from "@/lib/chats/chat-store";
import type { ChatMessage } from "./chat-message";

export type VersionBook = ReturnType<typeof createVersionBook>;

/** Which versions each place of a chat has, as far as this page knows: the server's pages, and what was written since. */
export function createVersionBook() {
  const places = new Map<string | null, readonly string[]>();
  const told = new Map<string, { known: readonly string[]; versions: readonly string[] }>();

  return {
    /** What a page says of its places is all there is. */
    learn({ items, forks }: Pick<MessagePage, "items"> & { forks: readonly Fork[] }): void {
      for (const { parentId } of items) places.delete(parentId);
      for (const { parentId, messageIds } of forks) places.set(parentId, messageIds);
    },

    /** Before another version takes the message's place. */
    keep(parentId: string | null, messageId: string): void {
      places.set(parentId, withVersion(places.get(parentId) ?? none, messageId));
    },

    /** Oldest first, the message itself among them. The same array as before for as long as they are the same. */
    versionsOf(parentId: string | null, messageId: string): readonly string[] {
      const known = places.get(parentId) ?? none;
      const before = told.get(messageId);
      if (before?.known === known) return before.versions;
      const versions = withVersion(known, messageId);
      told.set(messageId, { known, versions });
      return versions;
    },
  };
}

/** The message that the one at `index` hangs on; the first shown may hang on one that is not. */
export function parentIdOf(messages: readonly ChatMessage[], index: number): string | null {
  return messages[index - 1]?.id ?? messages[index]?.metadata?.parentId ?? null;
}

const none: readonly string[] = [];

function withVersion(versions: readonly string[], messageId: string): readonly string[] {
  return versions.includes(messageId) ? versions : [...versions, messageId];
}
