import type { Route } from "@/lib/models/route";
import type { Budget } from "./budget";
import { periodAt } from "./period";
import type { BudgetOwner } from "./usage-source";

/** How a budget stands in the period that is running. */
export interface Standing {
  whose: BudgetOwner;
  /** `null` where nothing is limited. */
  limitMicros: number | null;
  period: Budget["period"];
  spentMicros: number;
  /** Kept back for answers that are being written. */
  heldMicros: number;
  /** What another answer may come to; never less than 0, and `null` where nothing is limited. */
  leftMicros: number | null;
  startsAt: Date;
  renewsAt: Date;
}

export interface Counted {
  spentMicros: number;
  heldMicros: number;
}

/** Those that a call counts for. */
export function standingsOver(payer: Route["payer"], standings: readonly Standing[]): Standing[] {
  return standings.filter(({ whose }) => whose === "person" || payer === "installation");
}

/** Whether more is spent and held back than may be. */
export function isOverdrawn({ limitMicros, spentMicros, heldMicros }: Standing): boolean {
  return limitMicros !== null && spentMicros + heldMicros > limitMicros;
}

export function standingOf(whose: BudgetOwner, budget: Budget, counted: Counted, now: Date): Standing {
  const { startsAt, renewsAt } = periodAt(budget.period, now);
  const { limitMicros, period } = budget;
  const left = limitMicros === null ? null : limitMicros - counted.spentMicros - counted.heldMicros;
  return {
    whose,
    limitMicros,
    period,
    ...counted,
    leftMicros: left === null ? null : Math.max(0, left),
    startsAt,
    renewsAt,
  };
}

export type Limit = Standing & { limitMicros: number; leftMicros: number };

/** The one that lets the least through; `null` where none limits anything. */
export function tightest(standings: readonly Standing[]): Limit | null {
  const limiting = standings.flatMap(({ limitMicros, leftMicros, ...rest }): Limit[] =>
    limitMicros === null || leftMicros === null ? [] : [{ ...rest, limitMicros, leftMicros }],
  );
  return limiting.toSorted((a, b) => a.leftMicros - b.leftMicros)[0] ?? null;
}
