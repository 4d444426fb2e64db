import { expect, test } from "vitest";

import { createTicker } from "./ticker.ts";

test("whatever is due runs in its order, never early, and not at all once called off", async () => {
  const ticker = createTicker();
  const startMs = performance.now();
  const delaysMs = Array.from({ length: 300 }, (_, index) => (index * 7919) % 101);
  const ran: { delayMs: number; lateMs: number }[] = [];
  const cancelled: number[] = [];
  const callOffs = delaysMs.map((delayMs) =>
    ticker.at(startMs + delayMs + 0.5, () => cancelled.push(delayMs)),
  );
  await new Promise<void>((resolve) => {
    for (const delayMs of delaysMs) {
      ticker.at(startMs + delayMs, () => {
        ran.push({ delayMs, lateMs: performance.now() - startMs - delayMs });
        if (ran.length === delaysMs.length) resolve();
      });
    }
    for (const callOff of callOffs) callOff();
  });
  expect(ran.map(({ delayMs }) => delayMs)).toEqual(delaysMs.toSorted((a, b) => a - b));
  expect(Math.min(...ran.map(({ lateMs }) => lateMs))).toBeGreaterThanOrEqual(0);
  expect(cancelled).toEqual([]);
});

test("an earlier wake-up is not held up by a later one, nor one made in a wake-up", async () => {
  const ticker = createTicker();
  const startMs = performance.now();
  ticker.at(startMs + 60_000, () => {});
  await new Promise<void>((resolve) => {
    ticker.at(startMs + 10, () => ticker.at(startMs + 20, resolve));
  });
  expect(performance.now() - startMs).toBeLessThan(1000);
  ticker.stop();
});
