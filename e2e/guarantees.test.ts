import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const document = readFileSync("docs/guarantees.md", "utf8");

const promises = document
  .split(/^### /m)
  .slice(1)
  .map((section) => {
    const [event = "", ...lines] = section.split("\n");
    return { event, proofs: lines.filter((line) => line.startsWith("- ")) };
  });

test("what holds when something breaks is proved by at least one test each", () => {
  expect(promises.length).toBeGreaterThan(15);
  expect(promises.filter(({ proofs }) => proofs.length === 0)).toEqual([]);
});

test.each(promises.flatMap(({ proofs }) => proofs))("%s", (proof) => {
  const [, path = "", title = ""] = /^- `([\w./-]+)`: (.+)$/.exec(proof) ?? [];
  expect(titlesIn(path).filter((known) => known.includes(title))).not.toEqual([]);
});

/** What a file calls its tests. One that is made for several cases has `${…}` in it, and `%s`. */
function titlesIn(path: string): string[] {
  const calls =
    /(?:\btest\w*|\))\(\s*(?:"((?:[^"\\]|\\.)+)"|`([^`]+)`),\s*(?:\{\s*tag: "@\w+",?\s*\},\s*)?(?:async )?\(/g;
  return [...readFileSync(path, "utf8").matchAll(calls)].map(([, plain, made]) => plain ?? made ?? "");
}
