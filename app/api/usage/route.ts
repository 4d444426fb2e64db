import { streamRoute } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { usageResponse } from "@/app/_server/usage-response";
import { getUsage } from "@/lib/api/usage";

export const GET = streamRoute(getUsage, async (actor, { query, request }) => {
  const isTable =
    query.format === undefined ? request.headers.get("accept")?.includes("text/csv") : query.format === "csv";
  if (isTable) return usageResponse(actor, query);
  const report = await services().usage.report(actor, query);
  return Response.json(getUsage.answer.parse(report), { headers: { "Cache-Control": "no-store" } });
});
