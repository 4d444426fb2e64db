/**
 * Lets callers in by the order they came, at most `mostAtOnce` in a turn of the event loop. Requests that come
 * in one moment would else be taken step by step all together, and the first be answered as late as the last.
 */
export function createTurns(mostAtOnce) {
  const waiting = [];
  let taken = 0;

  function nextTurn() {
    const next = waiting.splice(0, mostAtOnce);
    taken = next.length;
    if (taken > 0) setImmediate(nextTurn);
    for (const enter of next) enter();
  }

  return async function enter() {
    if (taken >= mostAtOnce) {
      await new Promise((resolve) => waiting.push(resolve));
      return;
    }
    if (taken === 0) setImmediate(nextTurn);
    taken += 1;
  };
}
