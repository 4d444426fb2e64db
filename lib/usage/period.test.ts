import fc from "fast-check";
import { expect, test } from "vitest";
import { budgetPeriods } from "./budget";
import { periodAt } from "./period";

test("a day, a week from Monday and a month begin and end at midnight in UTC", () => {
  const sunday = new Date("2026-03-01T23:30:00Z");
  expect(periodAt("day", sunday)).toEqual({
    name: "day 2026-03-01",
    startsAt: new Date("2026-03-01T00:00:00Z"),
    renewsAt: new Date("2026-03-02T00:00:00Z"),
  });
  expect(periodAt("week", sunday)).toMatchObject({
    name: "week 2026-02-23",
    renewsAt: new Date("2026-03-02T00:00:00Z"),
  });
  expect(periodAt("month", new Date("2026-12-31T23:59:59.999Z"))).toMatchObject({
    name: "month 2026-12-01",
    renewsAt: new Date("2027-01-01T00:00:00Z"),
  });
});

test("every moment is in its period, and where that renews the next one begins", () => {
  fc.assert(
    fc.property(fc.constantFrom(...budgetPeriods), anyMoment, (length, now) => {
      const { startsAt, renewsAt } = periodAt(length, now);
      expect(startsAt.getTime()).toBeLessThanOrEqual(now.getTime());
      expect(now.getTime()).toBeLessThan(renewsAt.getTime());
      expect(periodAt(length, renewsAt).startsAt).toEqual(renewsAt);
      expect(periodAt(length, new Date(renewsAt.getTime() - 1)).startsAt).toEqual(startsAt);
    }),
  );
});

const anyMoment = fc.date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true });
