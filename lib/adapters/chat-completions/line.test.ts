import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openLine } from "./line";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("a wait that is too long hangs up and is a timeout", async () => {
  const { line, wait } = lineUnderTest();
  line.expectWithin(1_000);
  const waited = wait();
  vi.advanceTimersByTime(999);
  expect(line.signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  await expect(waited).rejects.toMatchObject({
    type: "provider_timeout",
    message: "x sent nothing for 1000 ms",
  });
});

test("time in which nobody waits does not count", async () => {
  const { line, wait } = lineUnderTest();
  line.expectWithin(1_000);
  vi.advanceTimersByTime(10_000);
  expect(line.signal.aborted).toBe(false);
  const waited = wait();
  vi.advanceTimersByTime(1_000);
  await expect(waited).rejects.toMatchObject({ type: "provider_timeout" });
});

test("a new expectation begins anew, also with another time", async () => {
  const { line, wait } = lineUnderTest();
  line.expectWithin(1_000);
  const waited = wait();
  vi.advanceTimersByTime(900);
  line.expectWithin(1_000);
  vi.advanceTimersByTime(900);
  line.expectWithin(5_000);
  vi.advanceTimersByTime(4_999);
  expect(line.signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  await expect(waited).rejects.toMatchObject({ message: "x sent nothing for 5000 ms" });
});

test("an abort comes before a timeout", async () => {
  const { abort, line, wait } = lineUnderTest();
  line.expectWithin(1_000);
  const waited = wait();
  const reason = new Error("stopped");
  abort.abort(reason);
  vi.advanceTimersByTime(1_000);
  await expect(waited).rejects.toBe(reason);
});

test("nothing is left running behind a closed line", () => {
  const { abort, line } = lineUnderTest();
  line.expectWithin(1_000);
  line.close();
  expect(vi.getTimerCount()).toBe(0);
  abort.abort();
  expect(line.signal.aborted).toBe(false);
});

/** `wait` waits for something that only ever ends with the connection. */
function lineUnderTest() {
  const abort = new AbortController();
  const line = openLine("x", abort.signal);
  const wait = () =>
    line.wait(
      new Promise((_, reject) => {
        line.signal.addEventListener("abort", () => reject(new Error("closed")));
      }),
    );
  return { abort, line, wait };
}
