/** What the rest of the page should know of a chat that this page talks in. */
export type ChatEvent =
  | { type: "question-asked"; chatId: string; question: string; model: string | null }
  /** The server took nothing; a chat that is not stored does not exist then. */
  | { type: "question-refused"; chatId: string; isStored: boolean }
  | { type: "answer-settled"; chatId: string }
  /** The person has read the answer to its end, which is stored. */
  | { type: "answer-seen"; chatId: string };

type Listener = (event: ChatEvent) => void;

const listeners = new Set<Listener>();

export function publishChatEvent(event: ChatEvent): void {
  for (const listener of listeners) listener(event);
}

export function subscribeToChatEvents(listener: Listener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
