import { expect, test } from "vitest";
import { createRateLimitStore } from "./auth-rate-limits";

const rule = { window: 10, max: 2 };

function storeAt(start: number) {
  const time = { now: start };
  return { time, store: createRateLimitStore(() => time.now) };
}

test("as many as the rule allows pass in a window, and the next is told how long to wait", async () => {
  const { time, store } = storeAt(1_000_000);
  expect(await store.consume("a", rule)).toEqual({ allowed: true, retryAfter: null });
  time.now += 3_000;
  expect(await store.consume("a", rule)).toEqual({ allowed: true, retryAfter: null });
  expect(await store.consume("a", rule)).toEqual({ allowed: false, retryAfter: 7 });
});

test("a window ends when it is over, however many were refused in it", async () => {
  const { time, store } = storeAt(0);
  for (let tries = 0; tries < 5; tries++) await store.consume("a", rule);
  time.now += 9_999;
  expect((await store.consume("a", rule)).allowed).toBe(false);
  time.now += 1;
  expect((await store.consume("a", rule)).allowed).toBe(true);
});

test("a slow steady trickle is never refused", async () => {
  const { time, store } = storeAt(0);
  for (let tries = 0; tries < 50; tries++) {
    expect((await store.consume("a", rule)).allowed).toBe(true);
    time.now += 6_000;
  }
});

test("clients do not use up each other's share", async () => {
  const { store } = storeAt(0);
  for (let tries = 0; tries < 3; tries++) await store.consume("a", rule);
  expect((await store.consume("b", rule)).allowed).toBe(true);
});

test("of many at once no more pass than the rule allows", async () => {
  const { store } = storeAt(0);
  const answers = await Promise.all(Array.from({ length: 20 }, () => store.consume("a", rule)));
  expect(answers.filter((answer) => answer.allowed)).toHaveLength(2);
});

test("a flood of addresses forgets the oldest counts, not the newest", async () => {
  const { store } = storeAt(0);
  for (let address = 0; address < 50_000; address++) await store.consume(`flood ${address}`, rule);
  for (let tries = 0; tries < 2; tries++) await store.consume("newest", rule);
  expect((await store.consume("newest", rule)).allowed).toBe(false);
  expect((await store.consume("flood 0", rule)).allowed).toBe(true);
});
