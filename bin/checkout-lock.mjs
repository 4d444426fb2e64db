import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { isAlive, processMark } from "./processes.mjs";
import { cacheDir } from "./root.mjs";

const retryMs = 200;
/** A holder writes its mark right after it made the file: longer than this without one, and it died there. */
const unmarkedMs = 5_000;

/**
 * Does `work` while no other process of this checkout does work of that name. The lock of a process
 * that died is broken. `onWait` is called once with the pid of the holder.
 */
export async function withCheckoutLock(
  name,
  work,
  { signal, onWait, folder = join(cacheDir, "locks") } = {},
) {
  const path = join(folder, name);
  let hasWaited = false;
  while (!take(path)) {
    signal?.throwIfAborted();
    const holder = readHolder(path);
    if (holder === "gone") continue;
    if (holder === "dead") {
      breakLock(path);
      continue;
    }
    if (!hasWaited) onWait?.(holder?.pid);
    hasWaited = true;
    await wait(retryMs);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function take(path) {
  mkdirSync(dirname(path), { recursive: true });
  try {
    writeFileSync(path, JSON.stringify(processMark()), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

/** The mark of a living holder, null for one that has not written it yet, or "dead", or "gone". */
function readHolder(path) {
  try {
    const text = readFileSync(path, "utf8");
    if (text === "") return Date.now() - statSync(path).mtimeMs > unmarkedMs ? "dead" : null;
    const mark = JSON.parse(text);
    return isAlive(mark) ? mark : "dead";
  } catch (error) {
    if (error.code === "ENOENT") return "gone";
    throw error;
  }
}

/** Moved away before it is deleted: of two that break the same lock, the slower one may hit the faster one's new lock. */
function breakLock(path) {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (error.code === "ENOENT") return;
    throw error;
  }
  const holder = readHolder(aside);
  if (holder === "dead") rmSync(aside, { force: true });
  else renameSync(aside, path);
}
