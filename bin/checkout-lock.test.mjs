import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withCheckoutLock } from "./checkout-lock.mjs";
import { processMark } from "./processes.mjs";

let folder;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "parley-lock-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

test("work of one name is done by one at a time, and whoever waits is told for whom", async () => {
  const steps = [];
  const first = Promise.withResolvers();
  const holding = withCheckoutLock("build", () => first.promise.then(() => steps.push("first")), { folder });
  const waiting = withCheckoutLock("build", () => steps.push("second"), {
    folder,
    onWait(pid) {
      steps.push(`waits for ${pid}`);
      first.resolve();
    },
  });
  await Promise.all([holding, waiting]);
  expect(steps).toEqual([`waits for ${process.pid}`, "first", "second"]);
});

test("work that failed gives the lock back", async () => {
  await expect(
    withCheckoutLock("build", () => Promise.reject(new Error("broken")), { folder }),
  ).rejects.toThrow("broken");
  expect(readdirSync(folder)).toEqual([]);
});

test("the lock of a process that died is broken", async () => {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  writeFileSync(join(folder, "build"), JSON.stringify({ pid, bornAt: null }));
  expect(await withCheckoutLock("build", () => "done", { folder })).toBe("done");
});

test.runIf(processMark().bornAt !== null)(
  "a pid that was given to another process holds no lock",
  async () => {
    writeFileSync(join(folder, "build"), JSON.stringify({ pid: process.pid, bornAt: "1" }));
    expect(await withCheckoutLock("build", () => "done", { folder })).toBe("done");
  },
);

test("whoever waits may give up", async () => {
  const held = Promise.withResolvers();
  const holding = withCheckoutLock("build", () => held.promise, { folder });
  const giveUp = new AbortController();
  const waiting = withCheckoutLock("build", () => "done", {
    folder,
    signal: giveUp.signal,
    onWait: () => giveUp.abort(new Error("enough")),
  });
  await expect(waiting).rejects.toThrow("enough");
  held.resolve();
  await holding;
});
