import type { budgetPeriods } from "./budget";

type PeriodLength = (typeof budgetPeriods)[number];

/** From one renewal to the next. */
export interface Period {
  /** As the database names it: `week 2026-11-02`. */
  name: string;
  startsAt: Date;
  renewsAt: Date;
}

/** The period that `now` is in. Days, weeks from Monday, and months are those of UTC. */
export function periodAt(length: PeriodLength, now: Date): Period {
  const startsAt = startOf(length, now);
  return {
    name: `${length} ${startsAt.toISOString().slice(0, 10)}`,
    startsAt,
    renewsAt: nextAfter(length, startsAt),
  };
}

function startOf(length: PeriodLength, now: Date): Date {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  switch (length) {
    case "day":
      return new Date(Date.UTC(year, month, day));
    case "week":
      return new Date(Date.UTC(year, month, day - ((now.getUTCDay() + 6) % 7)));
    case "month":
      return new Date(Date.UTC(year, month, 1));
    default:
      return length satisfies never;
  }
}

function nextAfter(length: PeriodLength, start: Date): Date {
  const [year, month, day] = [start.getUTCFullYear(), start.getUTCMonth(), start.getUTCDate()];
  switch (length) {
    case "day":
      return new Date(Date.UTC(year, month, day + 1));
    case "week":
      return new Date(Date.UTC(year, month, day + 7));
    case "month":
      return new Date(Date.UTC(year, month + 1, 1));
    default:
      return length satisfies never;
  }
}
