import { expect, test } from "vitest";
import { createLocalBus } from "./local-bus";
import { createRemembered } from "./remembered";

test("what was read is read again only after a change, whichever process made it", async () => {
  const { here, there, reads } = twoProcesses();
  expect([await here.get("ada"), await here.get("ada"), await there.get("ada")]).toEqual([1, 1, 2]);
  there.change("ada");
  expect([await here.get("ada"), await there.get("ada")]).toEqual([3, 4]);
  here.change("bob");
  await here.get("ada");
  expect(reads()).toBe(4);
});

test("a change that no wake-up told of is seen after the longest age", async () => {
  const { here, wait } = twoProcesses();
  await here.get("ada");
  wait(15_000);
  expect(await here.get("ada")).toBe(2);
});

test("a change while it is being read is not covered up by what was read before it", async () => {
  const pending: ((value: string) => void)[] = [];
  const remembered = createRemembered({
    bus: createLocalBus(),
    topicOf: (key) => `settings:${key}`,
    read: () => new Promise<string>((resolve) => pending.push(resolve)),
  });
  const before = remembered.get("ada");
  remembered.change("ada");
  const after = remembered.get("ada");
  pending[1]?.("new");
  pending[0]?.("old");
  expect(await before).toBe("old");
  expect(await after).toBe("new");
  expect(await remembered.get("ada")).toBe("new");
});

test("a failure is not remembered, and of many keys the latest stay", async () => {
  let reads = 0;
  const remembered = createRemembered({
    bus: createLocalBus(),
    topicOf: (key) => `settings:${key}`,
    read: async (key) => {
      if (key === "broken") throw new Error("down");
      return ++reads;
    },
    keysMax: 2,
  });
  await expect(remembered.get("broken")).rejects.toThrow("down");
  await expect(remembered.get("broken")).rejects.toThrow("down");
  await remembered.get("a");
  await remembered.get("b");
  await remembered.get("c");
  expect(await remembered.get("b")).toBe(2);
  expect(await remembered.get("a")).toBe(4);
});

function twoProcesses() {
  let now = 0;
  let reads = 0;
  const parts = {
    bus: createLocalBus(),
    topicOf: (key: string) => `settings:${key}` as const,
    read: async () => ++reads,
    now: () => now,
  };
  return {
    here: createRemembered(parts),
    there: createRemembered(parts),
    reads: () => reads,
    wait: (ms: number) => {
      now += ms;
    },
  };
}
