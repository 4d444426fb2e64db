import { setImmediate as nextTurn } from "node:timers/promises";

// While two statements are on their way, what comes waits for one of them and then goes together.
const underWayMax = 2;
const groupMax = 100;

/**
 * Makes one statement of the calls that come at once. `run` gives a result for each of its items, in their
 * order. When a group fails, each of its items is run by itself: nobody fails for somebody else's sake.
 */
export function grouped<Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Result[]>,
): (item: Item) => Promise<Result> {
  const waiting: { item: Item; settled: PromiseWithResolvers<Result> }[] = [];
  let underWay = 0;

  async function runOne(item: Item): Promise<Result> {
    const [result] = await run([item]);
    if (result === undefined) throw new RangeError("a statement for one call gave no result");
    return result;
  }

  async function runWaiting(): Promise<void> {
    const group = waiting.splice(0, groupMax);
    try {
      const results = await run(group.map(({ item }) => item));
      for (const [index, { settled }] of group.entries()) {
        const result = results[index];
        if (result === undefined) settled.reject(new RangeError("a grouped statement gave too few results"));
        else settled.resolve(result);
      }
    } catch (error) {
      if (group.length === 1) group[0]?.settled.reject(error);
      else for (const { item, settled } of group) runOne(item).then(settled.resolve, settled.reject);
    }
  }

  async function work(): Promise<void> {
    underWay += 1;
    // Whatever else this turn of the event loop brings goes along.
    await nextTurn();
    while (waiting.length > 0) await runWaiting();
    underWay -= 1;
  }

  return (item) => {
    const settled = Promise.withResolvers<Result>();
    waiting.push({ item, settled });
    if (underWay < underWayMax) void work();
    return settled.promise;
  };
}
