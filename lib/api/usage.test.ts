import { expect, test } from "vitest";
import { getUsage } from "./usage";

test("days that no database knows are refused", () => {
  for (const name of ["from", "to"])
    for (const day of ["0000-01-01", "0001-01-05", "0999-12-31"])
      expect(getUsage.query.safeParse({ [name]: day }).success).toBe(false);
  expect(getUsage.query.safeParse({ from: "1000-01-01", to: "9999-12-31" }).success).toBe(true);
});
