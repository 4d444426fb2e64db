import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { toldStanding } from "@/app/_server/told-standing";
import { estimateUsage } from "@/lib/api/usage";

export const GET = route(estimateUsage, async (actor, { query }) => {
  const { limit, ...estimate } = await services().usage.estimate(actor, query);
  return { ...estimate, limit: limit && toldStanding(limit) };
});
