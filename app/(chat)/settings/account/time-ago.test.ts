import { expect, test } from "vitest";
import { timeAgo } from "./time-ago";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

test.each([
  [-minute, "now"],
  [0, "now"],
  [5 * minute, "now"],
  [6 * minute, "6 minutes ago"],
  [59 * minute, "59 minutes ago"],
  [hour, "1 hour ago"],
  [23 * hour, "23 hours ago"],
  [day, "yesterday"],
  [29 * day, "29 days ago"],
  [31 * day, "last month"],
  [800 * day, "2 years ago"],
])("%i ms are told as %s", (ms, words) => {
  const now = Date.UTC(2026, 0, 31);
  expect(timeAgo(now - ms, now)).toBe(words);
});
