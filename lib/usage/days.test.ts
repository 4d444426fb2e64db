import { expect, test } from "vitest";
import { dayIn, daysBefore } from "./days";

test("which day it is depends on where one asks", () => {
  const moment = new Date("2026-11-20T23:30:00Z");
  expect(dayIn("UTC", moment)).toBe("2026-11-20");
  expect(dayIn("Europe/Berlin", moment)).toBe("2026-11-21");
  expect(dayIn("America/Los_Angeles", new Date("2026-01-01T01:00:00Z"))).toBe("2025-12-31");
});

test("days are counted over months, years and the hours that clocks skip", () => {
  expect(daysBefore("2026-03-01", 1)).toBe("2026-02-28");
  expect(daysBefore("2026-01-01", 1)).toBe("2025-12-31");
  expect(daysBefore("2026-03-29", -1)).toBe("2026-03-30");
});
