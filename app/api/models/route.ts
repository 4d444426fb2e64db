import { route } from "@/app/_server/route";
import { services } from "@/app/_server/services";
import { listModels } from "@/lib/api/models";
import { findModels } from "@/lib/models/find-models";

export const GET = route(listModels, async (actor, { query }) => {
  const catalogue = await services().models.list(actor.userId);
  return { ...catalogue, items: findModels(catalogue.items, query) };
});
