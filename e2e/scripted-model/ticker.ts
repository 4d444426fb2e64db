export type Ticker = {
  /** Runs once `performance.now()` has reached `dueMs`; the answer calls it off. */
  at(dueMs: number, run: () => void): () => void;
  stop(): void;
};

type Entry = { dueMs: number; run: (() => void) | null };

/**
 * One timer for all streams: a heap of what is due, and a timeout for its first. Due times
 * are absolute, so a late tick is made up for by the next one and streams do not drift.
 */
export function createTicker(): Ticker {
  const heap: Entry[] = [];
  let timer: NodeJS.Timeout | null = null;
  let timerDueMs = Number.POSITIVE_INFINITY;

  function arm() {
    const first = heap[0];
    if (first === undefined || first.dueMs >= timerDueMs) return;
    if (timer !== null) clearTimeout(timer);
    timerDueMs = first.dueMs;
    timer = setTimeout(tick, Math.max(1, Math.ceil(first.dueMs - performance.now())));
  }

  function tick() {
    timer = null;
    timerDueMs = Number.NEGATIVE_INFINITY;
    const now = performance.now();
    for (let first = heap[0]; first !== undefined && first.dueMs <= now; first = heap[0]) {
      pop(heap);
      first.run?.();
    }
    timerDueMs = Number.POSITIVE_INFINITY;
    arm();
  }

  return {
    at(dueMs, run) {
      const entry: Entry = { dueMs, run };
      push(heap, entry);
      arm();
      return () => {
        entry.run = null;
      };
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
      heap.length = 0;
    },
  };
}

function push(heap: Entry[], entry: Entry): void {
  let index = heap.length;
  heap.push(entry);
  while (index > 0) {
    const parentIndex = (index - 1) >> 1;
    const parent = heap[parentIndex];
    if (parent === undefined || parent.dueMs <= entry.dueMs) break;
    heap[index] = parent;
    index = parentIndex;
  }
  heap[index] = entry;
}

function pop(heap: Entry[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let index = 0;
  for (;;) {
    let childIndex = 2 * index + 1;
    let child = heap[childIndex];
    const right = heap[childIndex + 1];
    if (child !== undefined && right !== undefined && right.dueMs < child.dueMs) {
      child = right;
      childIndex += 1;
    }
    if (child === undefined || child.dueMs >= last.dueMs) break;
    heap[index] = child;
    index = childIndex;
  }
  heap[index] = last;
}
