import { connection } from "@/app/_client/connection/connection";
import { createUserEvents, type UserEvents } from "./user-events";

/** The events of whoever is signed in here, after the one with this number; on the server nobody listens. */
export function browserEvents(userId: string, after: number): UserEvents {
  const name = `parley-events-${userId}`;
  return createUserEvents({
    after,
    connection,
    setTimer(run, ms) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    openChannel() {
      const channel = new BroadcastChannel(name);
      return {
        post: (message) => channel.postMessage(message),
        listen(hear) {
          channel.onmessage = ({ data }) => hear(data);
        },
        close: () => channel.close(),
      };
    },
    open: (lastEventId, signal) =>
      fetch("/api/events", {
        signal,
        headers: lastEventId === null ? undefined : { "Last-Event-ID": String(lastEventId) },
      }),
    async lock(hold, { steal, signal }) {
      // Only a secure origin has locks; elsewhere every tab reads for itself.
      if (!("locks" in navigator)) return hold(signal);
      const lost = new AbortController();
      // The browser takes `steal` or `signal`, not both.
      const request = navigator.locks.request(name, steal ? { steal } : { signal }, () => hold(lost.signal));
      await request.finally(() => lost.abort());
    },
  });
}
