import type { Log } from "@/lib/diagnostics/log";
import type { Bus } from "@/lib/events/bus";
import type { Lease } from "./generation";
import type { GenerationStore } from "./generation-store";

/**
 * Learns of stops that were asked for on other instances. They have a topic of their own, one a
 * process, so that nothing is read while nobody wants a stop. One that is missed here comes back
 * with the writer's next append, and at the latest with its next beat. Gives the function that ends it.
 */
export function watchStops({
  store,
  bus,
  log,
  owner,
  isWriting,
  halt,
}: {
  store: Pick<GenerationStore, "listStopping">;
  bus: Bus;
  log: Log;
  owner: string;
  isWriting: () => boolean;
  halt: (lease: Lease) => void;
}): () => void {
  let isWoken = false;
  let isLooking = false;

  async function look() {
    isWoken = true;
    if (isLooking) return;
    isLooking = true;
    try {
      while (isWoken && isWriting()) {
        // Taken back before looking: a stop that is asked for during the look may not be in it.
        isWoken = false;
        for (const lease of await store.listStopping(owner)) halt(lease);
      }
    } catch (error) {
      log.warn({ error }, "stops could not be read");
    } finally {
      isLooking = false;
    }
  }

  return bus.subscribe(`writer:${owner}`, () => void look());
}
