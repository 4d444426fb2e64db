/** The value that `share` of the values do not exceed (nearest rank); NaN for none. */
export function percentile(values: Iterable<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function spread(values: readonly number[]): { p50: number; p99: number; max: number } {
  return { p50: percentile(values, 0.5), p99: percentile(values, 0.99), max: percentile(values, 1) };
}

export type Spread = ReturnType<typeof spread>;

/** For people: three figures that count, and a dash for what was not measured. */
export function shown(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  const text = value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
  return Number(text) === 0 ? "0" : text.replace(/\B(?=(\d{3})+$)/g, ",");
}

export function shownSpread({ p50, p99 }: Spread): string {
  return `${shown(p50)} / ${shown(p99)}`;
}
