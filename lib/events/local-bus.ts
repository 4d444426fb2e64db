import type { Bus, Topic } from "./bus";

/** For one process: what is published is there at once. */
export function createLocalBus(): Bus {
  const subscribers = new Map<Topic, Set<() => void>>();
  return {
    publish(topic) {
      for (const wake of subscribers.get(topic) ?? []) wake();
    },
    subscribe(topic, wake) {
      const woken = subscribers.get(topic) ?? new Set();
      subscribers.set(topic, woken.add(wake));
      return () => {
        woken.delete(wake);
        if (woken.size === 0 && subscribers.get(topic) === woken) subscribers.delete(topic);
      };
    },
    check: async () => null,
    close: async () => subscribers.clear(),
  };
}
