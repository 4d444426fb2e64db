import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { noteInstance, otherInstances } from "./instances.mjs";
import { processMark } from "./processes.mjs";

let folder;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "parley-instances-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

test("another process that lives is found, with its address", () => {
  const note = {
    ...processMark(process.ppid),
    mode: "start",
    state: "ready",
    address: "http://localhost:3000",
  };
  writeFileSync(join(folder, "1.json"), JSON.stringify(note));
  expect(otherInstances(folder)).toEqual([note]);
});

test("a process that died without a word does not count", () => {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  writeFileSync(join(folder, `${pid}.json`), JSON.stringify({ pid, bornAt: null, mode: "start" }));
  expect(otherInstances(folder)).toEqual([]);
  expect(readdirSync(folder)).toEqual([]);
});

test("a process does not find itself, and others read what it has told last", () => {
  const instance = noteInstance("start", folder);
  instance.update({ state: "ready", address: "http://localhost:3000" });
  expect(otherInstances(folder)).toEqual([]);
  const [name] = readdirSync(folder);
  expect(JSON.parse(readFileSync(join(folder, name), "utf8"))).toMatchObject({
    pid: process.pid,
    mode: "start",
    state: "ready",
    address: "http://localhost:3000",
  });
});
