import { expect, onTestFinished, test, vi } from "vitest";
import { silentLog } from "@/lib/diagnostics/log";
import { startRounds } from "./rounds";

test("a round that takes long is not joined by the next one, and the end waits for it", async () => {
  driveTimers();
  const round = Promise.withResolvers<void>();
  const work = vi.fn(() => round.promise);
  const end = startRounds(1_000, silentLog, work);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(work).toHaveBeenCalledTimes(1);

  let hasEnded = false;
  const ending = end().then(() => {
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
  const end = startRounds(1_000, silentLog, work);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(work).toHaveBeenCalledTimes(3);
  await end();
});

function driveTimers() {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
}
