import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { toldStanding } from "@/app/_server/told-standing";
import { getBudget } from "@/lib/api/usage";

export const GET = route(getBudget, async ({ userId }) => ({
  items: (await services().usage.standings(userId)).map(toldStanding),
}));
