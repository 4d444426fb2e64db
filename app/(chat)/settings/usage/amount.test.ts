import { expect, test } from "vitest";
import { amountOf, microsOf } from "./amount";

test("an amount is read as it is written, with point or comma, and nothing else is one", () => {
  expect(["5", "2.50", " 0,000001 ", "$ 10", "0", ""].map(microsOf)).toEqual([
    5_000_000,
    2_500_000,
    1,
    10_000_000,
    0,
    null,
  ]);
  for (const text of ["-1", "1e9", "1.2.3", "1,000.00", "five", "1.0000001", "Infinity", "."])
    expect(microsOf(text)).toBeUndefined();
});

test("an amount is shown as it would be written, and reads as itself again", () => {
  expect([null, 0, 5_000_000, 2_500_000, 1, 1_230_000].map(amountOf)).toEqual([
    "",
    "0.00",
    "5.00",
    "2.50",
    "0.000001",
    "1.23",
  ]);
  for (const micros of [0, 1, 999_999, 123_456_789]) expect(microsOf(amountOf(micros))).toBe(micros);
});
