import { expect, test } from "vitest";
import { percentile, shown } from "./figures";

test("a percentile is one of the values, the smallest that enough of them do not exceed", () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index);

  expect(percentile(values, 0.5)).toBe(50);
  expect(percentile(values, 0.99)).toBe(99);
  expect(percentile([7], 0.01)).toBe(7);
  expect(percentile([], 0.5)).toBeNaN();
});

test("figures are shown with no more digits than they deserve", () => {
  expect([1.234, 12.34, 1234.5, 0, Number.NaN].map(shown)).toEqual(["1.23", "12.3", "1,235", "0", "–"]);
});
