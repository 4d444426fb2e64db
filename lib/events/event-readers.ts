import { AppError } from "@/lib/errors/app-error";

// One a browser is what our own client needs.
const streamsOfUserMax = 50;

/** How many event streams each person has open in this process. Throws `rate_limited` beyond 50. */
export function createEventReaders() {
  const counts = new Map<string, number>();
  return {
    add(userId: string): () => void {
      const count = counts.get(userId) ?? 0;
      if (count >= streamsOfUserMax) {
        throw new AppError("rate_limited", "too many event streams", {
          details: { reason: "too_many_readers" },
        });
      }
      counts.set(userId, count + 1);
      return () => {
        const left = (counts.get(userId) ?? 1) - 1;
        if (left > 0) counts.set(userId, left);
        else counts.delete(userId);
      };
    },
  };
}
