import { AppError } from "@/lib/errors/app-error";
import type { CatalogueModel, ListedModel } from "./catalogue";
import type { ModelProvider } from "./provider";

const freshMs = 10 * 60_000;
const retryAfterFailureMs = 15_000;
const listDeadlineMs = 5_000;

export interface ModelDirectory {
  list(): Promise<{ items: ListedModel[]; defaultModel: string }>;
  /** The id of the model that answers where nobody chose one: the one place that says so. */
  defaultModel(): Promise<string>;
  /** What the catalogue says of it; `null` for one that is in none. */
  getModel(model: string): Promise<CatalogueModel | null>;
  /** Who serves the model; `null` for one that no provider offers. */
  getProvider(model: string): Promise<ModelProvider | null>;
  /** The same. Throws `invalid_request` for one that no provider offers. */
  requireModel(model: string): Promise<ModelProvider>;
}

interface Shelf {
  provider: ModelProvider;
  models: readonly CatalogueModel[] | null;
  readAt: number;
  reading: Promise<void> | null;
}

/**
 * The models of all configured providers, read when first asked for and refreshed in the
 * background. A provider that cannot be asked does not hold up a chat: until its list is there,
 * any model is taken to be on offer and the provider has the last word.
 *
 * `configuredDefault` is `DEFAULT_MODEL`; without it, or when no provider with a key is there
 * to serve it, the first provider's first model answers.
 */
export function createModelDirectory({
  providers,
  configuredDefault,
  now = Date.now,
}: {
  providers: readonly [ModelProvider, ...ModelProvider[]];
  configuredDefault: string | null;
  now?: () => number;
}): ModelDirectory {
  const shelves: Shelf[] = providers.map((provider) => ({
    provider,
    models: null,
    readAt: 0,
    reading: null,
  }));
  const isOfflineOnly = providers.every(({ id }) => id === "offline");

  function refresh(shelf: Shelf): Promise<void> {
    shelf.reading ??= shelf.provider
      .listModels(AbortSignal.timeout(listDeadlineMs))
      .then((models) => {
        shelf.models = models;
        shelf.readAt = now();
      })
      .catch(() => {
        // The former list, or none, goes on serving; who needs the provider hears its error from the answer itself.
        shelf.readAt = now() - freshMs + retryAfterFailureMs;
      })
      .finally(() => {
        shelf.reading = null;
      });
    return shelf.reading;
  }

  async function stocked(): Promise<readonly Shelf[]> {
    await Promise.all(
      shelves.map((shelf) => {
        if (now() - shelf.readAt < freshMs) return undefined;
        const reading = refresh(shelf);
        return shelf.models ? undefined : reading;
      }),
    );
    return shelves;
  }

  async function defaultModel(): Promise<string> {
    if (configuredDefault !== null && !isOfflineOnly) return configuredDefault;
    const stock = await stocked();
    const first = stock.flatMap(({ models }) => models ?? [])[0];
    if (!first) throw new AppError("provider_unavailable", "no model is on offer; set DEFAULT_MODEL");
    return first.id;
  }

  async function getProvider(model: string): Promise<ModelProvider | null> {
    if (model === configuredDefault && !isOfflineOnly && providers.length === 1) return providers[0];
    const stock = await stocked();
    const holder = stock.find(({ models }) => models?.some(({ id }) => id === model));
    if (holder) return holder.provider;
    const unread = stock.find(({ models }) => models === null);
    if (unread) return unread.provider;
    return model === configuredDefault && !isOfflineOnly ? providers[0] : null;
  }

  return {
    defaultModel,
    getProvider,

    async getModel(model) {
      for (const { models } of await stocked()) {
        const found = models?.find(({ id }) => id === model);
        if (found) return found;
      }
      return null;
    },

    async list() {
      const stock = await stocked();
      const chosen = await defaultModel();
      const available = stock.flatMap(({ models }) => models ?? []);
      const listed: ListedModel[] = available.map((model) => ({
        ...model,
        isDefault: model.id === chosen,
        availability: { status: "available" },
      }));
      if (configuredDefault === null || listed.some(({ id }) => id === configuredDefault)) {
        return { items: listed, defaultModel: chosen };
      }
      const missing: ListedModel = {
        ...unknownModel(configuredDefault, isOfflineOnly ? "openrouter" : providers[0].id),
        isDefault: chosen === configuredDefault,
        availability: isOfflineOnly
          ? { status: "unavailable", reason: "key_missing" }
          : stock.some(({ models }) => models === null)
            ? { status: "available" }
            : { status: "unavailable", reason: "not_listed" },
      };
      return { items: [missing, ...listed], defaultModel: chosen };
    },

    async requireModel(model) {
      const provider = await getProvider(model);
      if (provider) return provider;
      throw new AppError("invalid_request", "unknown model", { details: { field: "model", model } });
    },
  };
}

function unknownModel(id: string, provider: string): CatalogueModel {
  return {
    id,
    name: id,
    provider,
    description: null,
    contextLength: null,
    maxOutputTokens: null,
    inputModalities: ["text"],
    outputModalities: ["text"],
    inputPrice: null,
    outputPrice: null,
    parameters: [],
  };
}
