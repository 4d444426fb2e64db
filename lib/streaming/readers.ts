import { AppError } from "@/lib/errors/app-error";

const readersOfGenerationMax = 20;
const readersOfUserMax = 50;

/** Who follows which answer in this process. */
export interface Readers {
  /**
   * Gives the function that takes the reader away again. Throws `rate_limited` beyond 20 readers of one
   * answer or 50 of one person: that many are a fault somewhere, and each costs a connection.
   */
  add(generation: { id: string; userId: string }): () => void;
  count(generationId: string): number;
}

export function createReaders(): Readers {
  const ofGeneration = createCounter();
  const ofUser = createCounter();
  return {
    add({ id, userId }) {
      if (ofGeneration.count(id) >= readersOfGenerationMax || ofUser.count(userId) >= readersOfUserMax) {
        throw new AppError("rate_limited", "too many readers", { details: { reason: "too_many_readers" } });
      }
      ofGeneration.change(id, 1);
      ofUser.change(userId, 1);
      let isHere = true;
      return () => {
        if (!isHere) return;
        isHere = false;
        ofGeneration.change(id, -1);
        ofUser.change(userId, -1);
      };
    },
    count: ofGeneration.count,
  };
}

function createCounter() {
  const counts = new Map<string, number>();
  return {
    count: (key: string) => counts.get(key) ?? 0,
    change(key: string, by: 1 | -1) {
      const now = (counts.get(key) ?? 0) + by;
      if (now > 0) counts.set(key, now);
      else counts.delete(key);
    },
  };
}
