/**
 * Does what can wait once the page has nothing else to do, the latest first, and no more of it in one go than
 * fits. Gives the way to call it off.
 */
export function whenIdle(work: () => void): () => void {
  waiting.add(work);
  ask();
  return () => {
    waiting.delete(work);
  };
}

const waiting = new Set<() => void>();
let isAsked = false;

function ask(): void {
  if (isAsked || waiting.size === 0) return;
  isAsked = true;
  if (typeof requestIdleCallback === "function") requestIdleCallback(work);
  else setTimeout(work, restMs);
}

function work(): void {
  isAsked = false;
  const latest = [...waiting].at(-1);
  if (!latest) return;
  waiting.delete(latest);
  try {
    latest();
  } finally {
    ask();
  }
}

/** Where a browser does not tell when it is idle. */
const restMs = 50;
