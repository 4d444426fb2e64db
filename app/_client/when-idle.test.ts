import { afterEach, expect, test, vi } from "vitest";
import { whenIdle } from "./when-idle";

let rest: (() => void) | null = null;
vi.stubGlobal("requestIdleCallback", (callback: () => void) => {
  expect(rest).toBeNull();
  rest = callback;
});

afterEach(() => {
  while (rest) becomeIdle();
});

test("nothing is done before the page is idle, and then one thing a time, the latest first", () => {
  const done: string[] = [];
  for (const name of ["first", "second", "third"]) whenIdle(() => done.push(name));
  expect(done).toEqual([]);
  becomeIdle();
  expect(done).toEqual(["third"]);
  becomeIdle();
  becomeIdle();
  expect(done).toEqual(["third", "second", "first"]);
  expect(rest).toBeNull();
});

test("what was called off is not done", () => {
  const done: string[] = [];
  whenIdle(() => done.push("kept"));
  whenIdle(() => done.push("called off"))();
  becomeIdle();
  becomeIdle();
  expect(done).toEqual(["kept"]);
});

test("what fails does not keep the rest from being done", () => {
  const done: string[] = [];
  whenIdle(() => done.push("after"));
  whenIdle(() => {
    throw new Error("on purpose");
  });
  expect(becomeIdle).toThrow("on purpose");
  becomeIdle();
  expect(done).toEqual(["after"]);
});

function becomeIdle(): void {
  const callback = rest;
  rest = null;
  callback?.();
}
