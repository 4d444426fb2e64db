import { AppError } from "@/lib/errors/app-error";
import type { ModelDirectory, ServedModel } from "./directory";
import type { ModelSettings } from "./settings";

type Offers = Pick<ModelDirectory, "getModel">;

/**
 * The models that settings name to answer where the chosen one cannot. Throws `invalid_request` for one that nobody
 * offers to the person.
 */
export async function requireFallbacks(
  models: Offers,
  userId: string,
  { routing }: ModelSettings,
): Promise<ServedModel[]> {
  const ids = routing?.fallbackModels ?? [];
  const offered = await Promise.all(ids.map((id) => models.getModel(userId, id)));
  return offered.map((served, index) => served ?? refuse(ids[index]));
}

/** Those of them that are sent along with a question. They have to be its provider's: nobody else is asked. */
export async function requireSentFallbacks(
  models: Offers,
  userId: string,
  { provider, route }: ServedModel,
  settings: ModelSettings,
): Promise<ServedModel[]> {
  if (!provider.takesFallbacks) return [];
  const fallbacks = await requireFallbacks(models, userId, settings);
  const stranger = fallbacks.findIndex((served) => served.route.provider !== route.provider);
  return stranger === -1 ? fallbacks : refuse(settings.routing?.fallbackModels?.[stranger]);
}

function refuse(model: string | undefined): never {
  throw new AppError("invalid_request", "nobody offers the model", {
    details: { field: "settings.routing.fallbackModels", model, reason: "fallback_not_offered" },
  });
}
