import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sourceHash } from "./source-hash.mjs";

let folder;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "parley-sources-"));
  mkdirSync(join(folder, "app/(chat)"), { recursive: true });
  writeFileSync(join(folder, "app/(chat)/page.tsx"), "one");
  writeFileSync(join(folder, "next.config.ts"), "config");
});

afterEach(() => rmSync(folder, { recursive: true }));

test("a changed, a new and a renamed source each ask for a build", () => {
  const hashes = [sourceHash(folder)];
  writeFileSync(join(folder, "app/(chat)/page.tsx"), "two");
  hashes.push(sourceHash(folder));
  writeFileSync(join(folder, "app/layout.tsx"), "");
  hashes.push(sourceHash(folder));
  rmSync(join(folder, "app/layout.tsx"));
  writeFileSync(join(folder, "app/template.tsx"), "");
  hashes.push(sourceHash(folder));
  writeFileSync(join(folder, "next.config.ts"), "other");
  hashes.push(sourceHash(folder));
  expect(new Set(hashes).size).toBe(hashes.length);
});

test("tests, documents and settings of the machine ask for no build", () => {
  const before = sourceHash(folder);
  writeFileSync(join(folder, "app/(chat)/page.test.tsx"), "test");
  writeFileSync(join(folder, "README.md"), "words");
  writeFileSync(join(folder, ".env.local"), "PORT=1");
  mkdirSync(join(folder, "e2e"));
  writeFileSync(join(folder, "e2e/chat.ts"), "journey");
  expect(sourceHash(folder)).toBe(before);
});
