import type { OutboxStore } from "./outbox";

/** The store of an account that was a guest here: what waits in the guest's comes over, also what comes there later. */
export function inheritStore(own: OutboxStore, guests: OutboxStore): OutboxStore {
  async function takeOver(): Promise<void> {
    for (const waiting of await guests.list()) {
      // In this order a page that goes in between leaves it in both, under one id, and it is still sent once.
      await own.put(waiting);
      await guests.remove(waiting.id);
    }
  }

  return {
    ...own,
    async list() {
      await takeOver().catch(leaveForLater);
      return own.list();
    },
    async clear() {
      await Promise.all([own.clear(), guests.clear()]);
    },
  };
}

/** What waits in the account's own does not depend on it. */
function leaveForLater(): void {}
