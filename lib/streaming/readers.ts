/** How many follow each answer in this process. */
export interface Readers {
  /** Gives the function that takes the reader away again. */
  add(generationId: string): () => void;
  count(generationId: string): number;
}

export function createReaders(): Readers {
  const counts = new Map<string, number>();
  return {
    add(generationId) {
      counts.set(generationId, (counts.get(generationId) ?? 0) + 1);
      return () => {
        const left = (counts.get(generationId) ?? 1) - 1;
        if (left > 0) counts.set(generationId, left);
        else counts.delete(generationId);
      };
    },
    count: (generationId) => counts.get(generationId) ?? 0,
  };
}
