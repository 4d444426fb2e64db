import { AppError } from "@/lib/errors/app-error";
import type { Bus } from "@/lib/events/bus";
import { type Generation, isActive, leaseMs } from "./generation";
import type { GenerationStore } from "./generation-store";
import type { Producers } from "./producers";
import type { Recovery } from "./recovery";

const pollMs = 200;

export interface Stopper {
  /**
   * Stops the answer that is being written in the chat and resolves once what was written is
   * stored. An answer that has ended is left as it is. Throws `not_found` where there never was one.
   */
  stop(userId: string, chatId: string, generationId: string | null): Promise<Generation>;
}

export function createStopper({
  store,
  producers,
  recovery,
  bus,
  closing,
}: {
  store: GenerationStore;
  producers: Producers;
  recovery: Recovery;
  bus: Bus;
  closing: AbortSignal;
}): Stopper {
  return {
    async stop(userId, chatId, generationId) {
      const found =
        generationId === null
          ? ((await store.findActive(userId, chatId)) ?? (await store.find(userId, chatId, null)))
          : await store.find(userId, chatId, generationId);
      if (!found) throw new AppError("not_found", "no generation to stop");
      if (!isActive(found.status)) return found;

      const { owner } = (await store.requestStop(userId, chatId, found.id)) ?? found;
      const ours = producers.stop(found.id);
      if (ours) await ours;
      else bus.publish(`writer:${owner}`);

      const deadline = performance.now() + leaseMs + 5_000;
      for (;;) {
        const now = await store.get(found.id);
        if (!now) throw new AppError("not_found", "the generation is gone");
        if (!isActive(now.status)) return now;
        // Another process sees to it that what was asked for comes about.
        if (closing.aborted)
          throw new AppError("unavailable", "the process is about to end", { retryAfterMs: 1_000 });
        if (performance.now() > deadline) throw new AppError("unavailable", "the writer does not stop");
        await new Promise((resolve) => setTimeout(resolve, pollMs));
        if (now.isAbandoned) await recovery.recover({ generationId: now.id });
      }
    },
  };
}
