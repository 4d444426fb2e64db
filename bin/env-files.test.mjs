import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readEnvironment } from "./env-files.mjs";

let folder;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "parley-env-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

test("the real environment wins over .env.local, and that over .env", () => {
  writeFileSync(join(folder, ".env"), "PORT=1\nHOST=a\nDATA_DIR=x\n");
  writeFileSync(join(folder, ".env.local"), 'PORT=2\nHOST="b"\n');
  expect(readEnvironment("production", { folder, env: { PORT: "3" } })).toEqual({
    PORT: "3",
    HOST: "b",
    DATA_DIR: "x",
  });
});

test("a variable that is set to nothing hides what the files say", () => {
  writeFileSync(join(folder, ".env"), "DATABASE_URL=postgres://elsewhere\n");
  expect(readEnvironment("production", { folder, env: { DATABASE_URL: "" } })).toEqual({ DATABASE_URL: "" });
});

test("the files of another mode do not count", () => {
  writeFileSync(join(folder, ".env.development"), "PORT=1\n");
  writeFileSync(join(folder, ".env.production.local"), "HOST=a\n");
  expect(readEnvironment("production", { folder, env: {} })).toEqual({ HOST: "a" });
});
