import { expect, test } from "vitest";
import { figureTable, isMissed } from "./figure";

const promised = { what: "last word late", unit: "ms", goal: 40 } as const;

test("a goal is met by what is as much or less, and not by what could not be measured", () => {
  expect([39, 40, 41, Number.NaN].map((value) => isMissed({ value, goal: 40 }))).toEqual([
    false,
    false,
    true,
    true,
  ]);
  expect(isMissed({ value: 1_000, goal: null })).toBe(false);
});

test("the table says of each goal whether it is met", () => {
  const [, , met, missed, free] = figureTable([
    { ...promised, value: 30 },
    { ...promised, value: 50 },
    { ...promised, value: 50, goal: null },
  ]).split("\n");
  expect(met).toMatch(/≤ 40\.0 ms.*yes/);
  expect(missed).toMatch(/≤ 40\.0 ms.*no/);
  expect(free).not.toMatch(/yes|no/);
});
