import { expect, test } from "vitest";
import { createDrawnParts, type DrawnPart } from "./drawn-parts";

test("what was looked at last stays, and the oldest goes, one at a time", () => {
  const { parts, rest, add } = stage(30);
  const [first] = ["a", "b", "c"].map((name) => add(name, 10));
  if (first) parts.touch(first);
  add("d", 10);
  add("e", 10);
  expect(released).toEqual([]);
  rest();
  expect(released).toEqual(["b"]);
  rest();
  expect(released).toEqual(["b", "c"]);
  rest();
  expect(released).toEqual(["b", "c"]);
});

test("what is in use stays, however long it has been there", () => {
  const { rest, add } = stage(10);
  add("in view", 10, () => true);
  add("far", 10);
  rest();
  expect(released).toEqual(["far"]);
  add("all in use", 10, () => true);
  rest();
  rest();
  expect(released).toEqual(["far"]);
});

test("what is gone makes room, and counts once", () => {
  const { parts, rest, add, remove } = stage(20);
  add("a", 10);
  expect(parts.hasRoom()).toBe(false);
  remove("a");
  remove("a");
  expect(parts.hasRoom()).toBe(true);
  add("b", 10);
  add("c", 10);
  rest();
  expect(released).toEqual([]);
});

test("what has grown since counts as what it is now", () => {
  const { parts, rest, add } = stage(30);
  add("old", 10);
  const grown = add("grown", 10);
  parts.resize(grown, 25);
  rest();
  expect(released).toEqual(["old"]);
  parts.resize(grown, 5);
  expect(parts.hasRoom()).toBe(true);
});

let released: string[] = [];

function stage(sizeMax: number) {
  released = [];
  const work: (() => void)[] = [];
  const parts = createDrawnParts(sizeMax, (each) => work.push(each));
  const removals = new Map<string, () => void>();
  return {
    parts,
    rest: () => work.shift()?.(),
    remove: (name: string) => removals.get(name)?.(),
    add(name: string, size: number, isInUse = () => false): DrawnPart {
      const part = { size, isInUse, release: () => released.push(name) };
      removals.set(name, parts.add(part));
      return part;
    },
  };
}
