/** The chats that are fetched also where events were missed: those that are looked at, and those asked for. */
export function createWatchedChats() {
  /** From how many places each is looked at. */
  const watchers = new Map<string, number>();
  const required = new Set<string>();

  return {
    /** Gives the function that ends it. */
    watch(chatId: string): () => void {
      watchers.set(chatId, (watchers.get(chatId) ?? 0) + 1);
      return () => {
        const left = (watchers.get(chatId) ?? 1) - 1;
        if (left > 0) watchers.set(chatId, left);
        else watchers.delete(chatId);
      };
    },

    /** Until it is `fetched`. */
    require: (chatId: string) => void required.add(chatId),
    fetched: (chatId: string) => void required.delete(chatId),

    ids: (isStored: (chatId: string) => boolean): string[] => [
      ...new Set([...[...watchers.keys()].filter(isStored), ...required]),
    ],
  };
}
