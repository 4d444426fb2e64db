import { expect, onTestFinished, test, vi } from "vitest";
import { silentLog } from "@/lib/diagnostics/log";
import { createSessionWatch } from "./session-watch";

test("a session that is no longer good is ended with the next check, and the others are not", async () => {
  const { watch, answers } = watching();
  const ended: string[] = [];
  for (const id of ["good", "gone"]) watch.add(id, () => ended.push(id));
  await vi.advanceTimersByTimeAsync(3_000);
  answers[0]?.(new Set(["good"]));
  await vi.advanceTimersByTimeAsync(0);
  expect(ended).toEqual(["gone"]);
});

test("a session that comes while the others are being checked is not taken for one that is gone", async () => {
  const { watch, asked, answers } = watching();
  const ended: string[] = [];
  watch.add("early", () => ended.push("early"));
  await vi.advanceTimersByTimeAsync(3_000);
  watch.add("late", () => ended.push("late"));
  answers[0]?.(new Set(["early"]));
  await vi.advanceTimersByTimeAsync(3_000);
  expect(ended).toEqual([]);
  expect(asked).toEqual([["early"], ["early", "late"]]);
});

test("a check that fails ends nobody, and is followed by another", async () => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const aliveOf = vi
    .fn<(ids: readonly string[]) => Promise<Set<string>>>()
    .mockRejectedValueOnce(new Error("no database"))
    .mockResolvedValue(new Set());
  const watch = createSessionWatch({ aliveOf, log: silentLog });
  const end = vi.fn();
  watch.add("a", end);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(end).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(end).toHaveBeenCalledOnce();
});

/** The checks are answered by hand. */
function watching() {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const asked: (readonly string[])[] = [];
  const answers: ((alive: Set<string>) => void)[] = [];
  const aliveOf = (ids: readonly string[]) => {
    asked.push(ids);
    return new Promise<Set<string>>((resolve) => answers.push(resolve));
  };
  return { watch: createSessionWatch({ aliveOf, log: silentLog }), asked, answers };
}
