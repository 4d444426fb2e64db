import type { Bus, Topic } from "./bus";

export interface Remembered<T> {
  get(key: string): Promise<T>;
  /** For whoever has just changed it: the next `get` reads again, in this process at once and in others when they hear of it. */
  change(key: string): void;
}

interface Entry<T> {
  value: Promise<T>;
  readAt: number;
  unsubscribe(): void;
}

/**
 * What is needed for each question and changes seldom, kept in the process until a wake-up tells of a change.
 * Wake-ups can be lost, so nothing is kept for longer than `msMax`; of many keys the latest read stay.
 */
export function createRemembered<T>({
  bus,
  topicOf,
  read,
  msMax = 15_000,
  keysMax = 2_000,
  now = () => performance.now(),
}: {
  bus: Pick<Bus, "publish" | "subscribe">;
  topicOf: (key: string) => Topic;
  read: (key: string) => Promise<T>;
  msMax?: number;
  keysMax?: number;
  now?: () => number;
}): Remembered<T> {
  const entries = new Map<string, Entry<T>>();

  function forget(key: string, which = entries.get(key)): void {
    if (!which || entries.get(key) !== which) return;
    entries.delete(key);
    which.unsubscribe();
  }

  return {
    get(key) {
      const known = entries.get(key);
      if (known && now() - known.readAt < msMax) return known.value;
      forget(key);
      const oldest = entries.keys().next();
      if (entries.size >= keysMax && !oldest.done) forget(oldest.value);
      // Subscribed before reading: of a change in between nobody would tell.
      const unsubscribe = bus.subscribe(topicOf(key), () => forget(key));
      const entry = { value: read(key), readAt: now(), unsubscribe };
      entries.set(key, entry);
      entry.value.catch(() => forget(key, entry));
      return entry.value;
    },

    change(key) {
      forget(key);
      bus.publish(topicOf(key));
    },
  };
}
