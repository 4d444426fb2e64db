import fc from "fast-check";
import { expect, test } from "vitest";
import { csvLine } from "./csv-line";
import { usageCsv } from "./usage-csv";
import type { UsageItem } from "./usage-report";

test("a table has dollars to the micro-dollar and everything that is counted", async () => {
  const lines: string[] = [];
  for await (const line of usageCsv("model", itemsOf({ key: "a/one", costMicros: 1_000_042, calls: 3 })))
    lines.push(line);
  expect(lines).toEqual([
    "model,name,cost_usd,estimated_usd,calls,calls_of_unknown_cost,input_tokens,cached_input_tokens,output_tokens,reasoning_tokens\r\n",
    "a/one,,1.000042,0.000000,3,0,0,0,0,0\r\n",
  ]);
});

test("a key comes with whose it is", async () => {
  const lines: string[] = [];
  const key = { key: "id", name: "sk-…1", provider: "openrouter", payer: "person" } as const;
  for await (const line of usageCsv("key", itemsOf(key))) lines.push(line);
  expect(lines[1]).toMatch(/^id,sk-…1,openrouter,person,0\.000000,/);
});

test("no text is a formula for a spreadsheet, and none breaks its cell", () => {
  for (const text of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "\n=1"])
    expect(cellsOf(csvLine([text]))[0]).toBe(`'${text}`);
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" }), { minLength: 1 }), (cells) => {
      const read = cellsOf(csvLine(cells));
      expect(read).toHaveLength(cells.length);
      for (const [index, cell] of read.entries()) {
        expect(cell).toMatch(/^(?![=+\-@\t\r\n])/);
        expect([cells[index], `'${cells[index]}`]).toContain(cell);
      }
    }),
  );
});

async function* itemsOf(item: Partial<UsageItem>): AsyncGenerator<UsageItem> {
  const figures = { calls: 0, costMicros: 0, estimatedMicros: 0, unknownCalls: 0 };
  const tokens = { inputTokens: 0, outputTokens: 0, reasoningTokens: 0, cachedTokens: 0 };
  yield { key: "", name: null, payer: null, provider: null, ...figures, ...tokens, ...item };
}

/** As a spreadsheet reads a line. */
function cellsOf(line: string): string[] {
  const cells = [...`,${line.slice(0, -2)}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,"\r\n]*))/g)];
  return cells.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "");
}
