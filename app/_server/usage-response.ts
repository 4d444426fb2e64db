import type { Actor } from "@/lib/accounts/actor";
import { usageCsv } from "@/lib/usage/usage-csv";
import type { UsageQuery } from "@/lib/usage/usage-reports";
import { services } from "./services";

/** The same figures as a file for a spreadsheet, all pages of them. */
export async function usageResponse(actor: Actor, query: UsageQuery): Promise<Response> {
  const lines: string[] = [];
  const items = services().usage.items(actor, { ...query, limit: 500 });
  for await (const line of usageCsv(query.by, items)) lines.push(line);
  const day = new Date().toISOString().slice(0, 10);
  return new Response(lines.join(""), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="parley-usage-${query.by}-${day}.csv"`,
      "Cache-Control": "no-store",
    },
  });
}
