import { expect, test } from "vitest";
import { microsFromDollars, pricePerMillion } from "./money";

test.each<[unknown, number | null]>([
  [0, 0],
  [1, 1_000_000],
  [0.000_001, 1],
  [0.000_000_5, 1],
  [0.000_000_4, 0],
  [0.000_028_5, 29],
  [1.005, 1_005_000],
  [0.1 + 0.2, 300_000],
  [2.85e-5, 29],
  ["0.0000285", 29],
  ["12.3456789", 12_345_679],
  ["2.85e-5", 29],
  [1234.567891, 1_234_567_891],
  [1e6, 1_000_000_000_000],
  [1e6 + 1, null],
  [-1, null],
  ["", null],
  ["free", null],
  [Number.NaN, null],
  [Number.POSITIVE_INFINITY, null],
  [1e22, null],
  [null, null],
  [undefined, null],
  [{}, null],
])("%j dollars are %j micro-dollars", (dollars, micros) => {
  expect(microsFromDollars(dollars)).toBe(micros);
});

test.each<[unknown, number | null]>([
  ["0.00000055", 0.55],
  ["0.000003", 3],
  ["0.0000022", 2.2],
  ["0", 0],
  [0.000_015, 15],
  ["-1", null],
  [undefined, null],
])("%j dollars a token are %j a million", (price, perMillion) => {
  expect(pricePerMillion(price)).toBe(perMillion);
});
