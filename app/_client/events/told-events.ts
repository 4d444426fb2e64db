import type { UserEvent } from "@/lib/events/user-event";

type Listener = (event: UserEvent) => void;

const listeners = new Set<Listener>();

/** What the server told of the person's chats, for whoever shows them. */
export function publishUserEvent(event: UserEvent): void {
  for (const listener of listeners) listener(event);
}

export function subscribeToUserEvents(listener: Listener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
