import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { getBudget } from "@/lib/api/usage";

export const GET = route(getBudget, async ({ userId }) => ({
  items: (await services().usage.standings(userId)).map(({ startsAt, renewsAt, ...standing }) => ({
    ...standing,
    startsAt: startsAt.toISOString(),
    renewsAt: renewsAt.toISOString(),
  })),
}));
