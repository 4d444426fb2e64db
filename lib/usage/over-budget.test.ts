import { expect, test } from "vitest";
import { toChatError } from "@/lib/errors/chat-error";
import { t } from "@/lib/i18n/server-translator";
import { overBudget } from "./over-budget";
import { standingOf, tightest } from "./standing";

const now = new Date("2026-11-20T10:00:00Z");

test("a refusal says what is left, what is kept back and when there is more", () => {
  const budget = { limitMicros: 5_000_000, period: "month" } as const;
  const standing = tightest([
    standingOf("person", { limitMicros: null, period: "day" }, { spentMicros: 9e9, heldMicros: 0 }, now),
    standingOf("installation", budget, { spentMicros: 4_000_000, heldMicros: 950_000 }, now),
  ]);
  if (!standing) throw new Error("a limit stands");
  const { type, message, details, retryable } = toChatError(overBudget(standing), "request", t);
  expect([type, retryable]).toEqual(["quota_exceeded", false]);
  expect(message).toBe(
    "This would go over what this Parley allows you, $5.00 a month: $0.05 is left. It renews on December 1, 2026. $0.95 of it is kept back for answers that are being written now.",
  );
  expect(details).toEqual({
    whose: "installation",
    period: "month",
    limitMicros: 5_000_000,
    spentMicros: 4_000_000,
    heldMicros: 950_000,
    leftMicros: 50_000,
    renewsAt: "2026-12-01T00:00:00.000Z",
  });
});

test("a limit that was gone over leaves nothing, and the one that leaves less counts", () => {
  const spent = { spentMicros: 900, heldMicros: 0 };
  const over = standingOf("person", { limitMicros: 500, period: "day" }, spent, now);
  const within = standingOf("installation", { limitMicros: 1_000, period: "day" }, spent, now);
  expect(tightest([within, over])).toMatchObject({ whose: "person", leftMicros: 0 });
  expect(tightest([])).toBeNull();
});
