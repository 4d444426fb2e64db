import { csvLine } from "./csv-line";
import type { UsageItem } from "./usage-report";

/** A spreadsheet's lines; money in dollars to the micro-dollar. */
export async function* usageCsv(by: string, items: AsyncIterable<UsageItem>): AsyncGenerator<string> {
  yield csvLine([
    by,
    "name",
    ...(by === "key" ? ["provider", "payer"] : []),
    ...figures.map(([name]) => name),
  ]);
  for await (const item of items) {
    const about = by === "key" ? [item.provider ?? "", item.payer ?? ""] : [];
    yield csvLine([item.key, item.name ?? "", ...about, ...figures.map(([, read]) => read(item))]);
  }
}

const figures: readonly (readonly [string, (item: UsageItem) => string | number])[] = [
  ["cost_usd", ({ costMicros }) => inDollars(costMicros)],
  ["estimated_usd", ({ estimatedMicros }) => inDollars(estimatedMicros)],
  ["calls", ({ calls }) => calls],
  ["calls_of_unknown_cost", ({ unknownCalls }) => unknownCalls],
  ["input_tokens", ({ inputTokens }) => inputTokens],
  ["cached_input_tokens", ({ cachedTokens }) => cachedTokens],
  ["output_tokens", ({ outputTokens }) => outputTokens],
  ["reasoning_tokens", ({ reasoningTokens }) => reasoningTokens],
];

function inDollars(micros: number): string {
  return `${Math.floor(micros / 1_000_000)}.${String(micros % 1_000_000).padStart(6, "0")}`;
}
