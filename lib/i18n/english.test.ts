import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const files = globSync("lib/i18n/*english.ts");
const texts = await textsOf(files);

test("all texts are looked at", () => {
  expect(files.length).toBeGreaterThan(10);
  expect(texts.length).toBeGreaterThan(900);
});

test("no text shouts, and all are set as a printer would set them", () => {
  const wrong = texts.filter(([, text]) => /!|\.{3}|["']|(?<!Write) - |--|\s\s|^\s|\s$/.test(text));
  expect(wrong).toEqual([]);
});

test("no text is empty, and none has a brace too many", () => {
  expect(texts.filter(([, text]) => text === "" || /[{}]/.test(text.replace(placeholder, "")))).toEqual([]);
});

test("every text is said somewhere", () => {
  const said = keysIn(globSync("{app,db,lib,bin}/**/*.{ts,tsx,mjs}", { exclude: isOfTests }));
  expect(texts.map(([key]) => key).filter((key) => !said(key))).toEqual([]);
});

const placeholder = /\{\w+(?:,[^|{}]*\|[^{}]*)?\}/g;

async function textsOf(paths: readonly string[]): Promise<[key: string, text: string][]> {
  const modules: object[] = await Promise.all(paths.map((path) => import(/* @vite-ignore */ `@/${path}`)));
  return modules.flatMap((module) =>
    Object.values<Record<string, string>>({ ...module }).flatMap((all) => Object.entries(all)),
  );
}

function isOfTests(path: string): boolean {
  return /\.test\.|english\.ts$/.test(path);
}

/** Keys stand in the sources as they are, or with a part that is filled in. */
function keysIn(paths: readonly string[]): (key: string) => boolean {
  const sources = paths.map((path) => readFileSync(path, "utf8"));
  const plain = new Set(
    sources.flatMap((source) => [...source.matchAll(/"([\w.-]+)"/g)].map(([, key]) => key)),
  );
  const made = sources.flatMap((source) =>
    [...source.matchAll(/`([\w.-]*(?:\$\{[^{}]*\}[\w.-]*)+)`/g)].map(([, pattern = ""]) => pattern),
  );
  const patterns = [...new Set(made)]
    .filter((pattern) => /^[a-zA-Z]+\.|\.[a-zA-Z]+$/.test(pattern))
    .map((pattern) => new RegExp(`^${pattern.replaceAll(".", "\\.").replace(/\$\{[^{}]*\}/g, "[\\w-]+")}$`));
  return (key) => plain.has(key) || patterns.some((pattern) => pattern.test(key));
}
