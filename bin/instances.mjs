import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isAlive, processMark } from "./processes.mjs";
import { cacheDir } from "./root.mjs";

const defaultFolder = join(cacheDir, "instances");

/**
 * Notes that this process serves from the checkout, so that a build, an install or a second start can
 * take care of it. The note of a process that died without removing it does not count.
 *
 * A note is `{ pid, mode: "start" | "dev", state: "starting" | "ready" | "ending", address: string | null }`.
 */
export function noteInstance(mode, folder = defaultFolder) {
  const path = join(folder, `${process.pid}.json`);
  let note = { ...processMark(), mode, state: "starting", address: null };
  const write = () => {
    // Renamed into place, so that nobody reads half of it.
    writeFileSync(`${path}.new`, JSON.stringify(note));
    renameSync(`${path}.new`, path);
  };
  mkdirSync(folder, { recursive: true });
  write();
  process.once("exit", () => rmSync(path, { force: true }));
  return {
    update(fields) {
      note = { ...note, ...fields };
      write();
    },
  };
}

export function otherInstances(folder = defaultFolder) {
  return listNotes(folder).flatMap((path) => {
    const note = readNote(path);
    if (note?.pid === process.pid) return [];
    if (note !== null && isAlive(note)) return [note];
    rmSync(path, { force: true });
    return [];
  });
}

function listNotes(folder) {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".json"))
      .map((name) => join(folder, name));
  } catch (error) {
    if (error.code === "ENOENT") return [];
    throw error;
  }
}

function readNote(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
}
