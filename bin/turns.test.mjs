import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { createTurns } from "./turns.mjs";

test("callers enter in their order, so many a turn and none is forgotten", async () => {
  const enter = createTurns(2);
  const entered = [];
  for (const name of ["a", "b", "c", "d", "e"]) enter().then(() => entered.push(name));
  await Promise.resolve();
  expect(entered).toEqual(["a", "b"]);
  await nextTurn();
  expect(entered).toEqual(["a", "b", "c", "d"]);
  await nextTurn();
  expect(entered).toEqual(["a", "b", "c", "d", "e"]);
});

test("after a quiet time nobody waits", async () => {
  const enter = createTurns(1);
  await enter();
  await nextTurn();
  await nextTurn();
  let hasEntered = false;
  enter().then(() => {
    hasEntered = true;
  });
  await Promise.resolve();
  expect(hasEntered).toBe(true);
});
