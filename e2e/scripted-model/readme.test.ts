import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

import { directives } from "./directives.ts";
import { namedModels } from "./named-models.ts";

const readme = readFileSync(new URL("./README.md", import.meta.url), "utf8");
const firstCells = readme.match(/^\| `[^|]+/gm)?.join(" ") ?? "";

test("every directive has its row in the README", () => {
  const missing = [...directives.keys()].filter((key) => !new RegExp(`\`${key}[=\`]`).test(firstCells));
  expect(missing).toEqual([]);
});

test("every model has its row in the README, with the script that it plays", () => {
  const rows = new Map(
    [...readme.matchAll(/^\| `([^`]+)`\s*\| `([^`]+)`/gm)].map(([, id, script]) => [id, script]),
  );
  expect(namedModels.filter(({ id, script }) => rows.get(id) !== script).map(({ id }) => id)).toEqual([]);
});
