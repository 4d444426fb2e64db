import { percentile, shown } from "@/bench/figures";
import { table } from "@/bench/table";

/** One thing that was measured. `goal` is the most that it should be; null where nothing was promised. */
export interface Figure {
  what: string;
  value: number;
  unit: "ms" | "kB" | "s" | "";
  goal: number | null;
}

export function figureTable(figures: readonly Figure[]): string {
  return table(
    ["what", "measured", "goal", "met"],
    figures.map(({ what, value, unit, goal }) => [
      what,
      `${shown(value)} ${unit}`.trim(),
      goal === null ? "–" : `≤ ${shown(goal)} ${unit}`.trim(),
      goal === null ? "–" : isMissed({ value, goal }) ? "no" : "yes",
    ]),
  );
}

/** A value that could not be measured keeps no promise. */
export function isMissed({ value, goal }: Pick<Figure, "value" | "goal">): boolean {
  return goal !== null && !(value <= goal);
}

/** Of values that are counted once each. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}
