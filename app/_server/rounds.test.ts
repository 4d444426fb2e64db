import { expect, onTestFinished, test, vi } from "vitest";
import { silentLog } from "@/lib/diagnostics/log";
import { startRounds } from "./rounds";

test("a round that takes long is not joined by the next one, and the end waits for it", async () => {
  driveTimers();
  const round = Promise.withResolvers<void>();
  const work = vi.fn(() => round.promise);
  const rounds = startRounds(1_000, silentLog, work);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(work).toHaveBeenCalledTimes(1);

  let hasEnded = false;
  const ending = rounds.end().then(() => {
    hasEnded = true;
  });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(hasEnded).toBe(false);
  round.resolve();
  await ending;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(work).toHaveBeenCalledTimes(1);
});

test("after a round that failed comes the next one", async () => {
  driveTimers();
  const work = vi.fn(() => Promise.reject(new Error("no database")));
  const rounds = startRounds(1_000, silentLog, work);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(work).toHaveBeenCalledTimes(3);
  await rounds.end();
});

test("a round that is asked for at once comes at once, and after the one that is under way", async () => {
  driveTimers();
  const gates: (() => void)[] = [];
  const work = vi.fn(() => new Promise<void>((resolve) => gates.push(resolve)));
  const rounds = startRounds(1_000, silentLog, work);
  rounds.now();
  expect(work).toHaveBeenCalledTimes(1);
  rounds.now();
  rounds.now();
  expect(work).toHaveBeenCalledTimes(1);
  gates[0]?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(work).toHaveBeenCalledTimes(2);
  gates[1]?.();
  await rounds.end();
});

function driveTimers() {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
}
