import { AppError } from "@/lib/errors/app-error";
import { type Catalogue, type CatalogueModel, type ListedModel, plainModel } from "./catalogue";
import type { KeyRing, ModelKey } from "./key-ring";
import type { ModelPreferences } from "./model-preferences";
import type { ModelSource } from "./model-source";
import type { ModelProvider } from "./provider";
import type { Route } from "./route";
import { servedProvider } from "./served-provider";
import type { Shelf, Shelves } from "./shelves";
import { withStatedPrice } from "./stated-price";

/** A model as it answers one person: with their key, at their cost. */
export interface ServedModel {
  provider: ModelProvider;
  route: Route;
  /** What is known of it; `null` while its provider's list is not there. */
  model: CatalogueModel | null;
}

/** What each person can use: the models of the environment's providers and of endpoints, by the keys they may use. */
export interface ModelDirectory {
  list(userId: string): Promise<Catalogue>;
  /** The id of the model that answers where neither question nor chat names one: the one place that says so. */
  defaultModel(userId: string): Promise<string>;
  /** `null` for a model that nobody offers to the person. */
  getModel(userId: string, model: string): Promise<ServedModel | null>;
  /** The same. Throws `key_missing` for one that wants a key, else `invalid_request`. */
  requireModel(userId: string, model: string): Promise<ServedModel>;
  /** The name of an endpoint; every other provider is called by its id, and so is an endpoint that is gone. */
  providerName(userId: string, providerId: string): Promise<string>;
}

interface Stocked {
  source: ModelSource;
  key: ModelKey | null;
  shelf: Shelf;
}

/**
 * `sourcesOf` gives what a person may use, the environment's first. A source that cannot be asked holds up no chat:
 * until its list is there, any model is taken to be on offer and the provider has the last word.
 *
 * `configuredDefault` is `DEFAULT_MODEL`; without it, or where nothing is there that could serve it, the
 * first model on offer answers. `fallback` answers those who have no other source, or none that has a model to
 * name: a page is there for them as well.
 */
export function createModelDirectory({
  sourcesOf,
  fallback,
  keys,
  shelves,
  preferencesOf,
  pseudonymOf,
  configuredDefault,
}: {
  sourcesOf: (userId: string) => Promise<readonly ModelSource[]>;
  fallback: ModelSource | null;
  keys: KeyRing;
  shelves: Shelves;
  preferencesOf: (userId: string) => Promise<ModelPreferences>;
  pseudonymOf: (userId: string) => string;
  configuredDefault: string | null;
}): ModelDirectory {
  async function stock(userId: string, sources: readonly ModelSource[]): Promise<Stocked[]> {
    const stocked = await Promise.all(
      sources.map(async (source) => {
        const key = await keys.keyFor(userId, source.id, source.baseUrl);
        if (key === null && source.needsKey) return null;
        return { source, key, shelf: await shelves.stocked(source, key) };
      }),
    );
    return stocked.filter((each) => each !== null);
  }

  async function stockOf(userId: string): Promise<Stocked[]> {
    const found = await stock(userId, await sourcesOf(userId));
    if (!fallback || isConfiguredServed(found) || found.some(hasModels)) return found;
    return [...found, ...(await stock(userId, [fallback]))];
  }

  /** The fallback, where it has the model and is needed. */
  async function standIn(userId: string, model: string): Promise<Stocked | undefined> {
    const stocked = await stockOf(userId);
    return stocked.find(({ source, shelf }) => source === fallback && shelf.byId.has(model));
  }

  async function holderOf(userId: string, model: string): Promise<Stocked | null> {
    const sources = await sourcesOf(userId);
    const named = sources.find(({ prefix }) => prefix !== "" && model.startsWith(prefix));
    if (named) {
      const [holder] = await stock(userId, [named]);
      return holder && mayHave(holder, model) ? holder : null;
    }
    if (isPrefixed(model)) return null;
    const plain = await stock(
      userId,
      sources.filter(({ prefix }) => prefix === ""),
    );
    return (
      plain.find(({ shelf }) => shelf.byId.has(model)) ??
      (await standIn(userId, model)) ??
      plain.find(({ shelf }) => shelf.models === null) ??
      (model === configuredDefault ? plain[0] : undefined) ??
      null
    );
  }

  async function getModel(userId: string, model: string): Promise<ServedModel | null> {
    const holder = await holderOf(userId, model);
    if (!holder) return null;
    const { source, key, shelf } = holder;
    const known = withStatedPrice(shelf.byId.get(model) ?? null, model, source);
    return {
      model: known,
      route: {
        provider: source.id,
        payer: key?.payer ?? source.payer,
        credentialId: key?.credentialId ?? null,
      },
      provider: servedProvider({
        source,
        key,
        model: known,
        user: pseudonymOf(userId),
        noteUse: keys.noteUse,
      }),
    };
  }

  /** Whether a key is all that is missing. */
  async function wouldNeedKey(userId: string, model: string): Promise<boolean> {
    const sources = (await sourcesOf(userId)).filter(({ prefix }) =>
      prefix === "" ? !isPrefixed(model) : model.startsWith(prefix),
    );
    return sources.length > 0 && (await stock(userId, sources)).length === 0;
  }

  function isConfiguredServed(stocked: readonly Stocked[]): boolean {
    if (configuredDefault === null) return false;
    const couldServe = stocked.filter(
      ({ source }) =>
        source !== fallback &&
        (source.prefix === "" ? !isPrefixed(configuredDefault) : configuredDefault.startsWith(source.prefix)),
    );
    return couldServe.length > 0;
  }

  function installationDefaultOf(stocked: readonly Stocked[]): string {
    if (configuredDefault !== null && isConfiguredServed(stocked)) return configuredDefault;
    const first = stocked.flatMap(({ shelf }) => shelf.models ?? [])[0];
    if (!first) throw new AppError("provider_unavailable", "no model is on offer; set DEFAULT_MODEL");
    return first.id;
  }

  /** The person's own, while it is on offer. */
  function defaultOf(stocked: readonly Stocked[], { defaultModel: own }: ModelPreferences): string {
    if (own !== null && stocked.some((each) => mayHave(each, own))) return own;
    return installationDefaultOf(stocked);
  }

  return {
    getModel,

    async defaultModel(userId) {
      const preferences = await preferencesOf(userId);
      const { defaultModel: own } = preferences;
      if (own !== null && (await holderOf(userId, own))) return own;
      const stocked = await stockOf(userId);
      // Pages are drawn with the one that stands in. A question that nobody meant for it waits for the others.
      const isUnread = stocked.some(({ shelf }) => shelf.models === null);
      if (
        isUnread &&
        !isConfiguredServed(stocked) &&
        !stocked.some((each) => each.source !== fallback && hasModels(each))
      )
        throw new AppError("provider_unavailable", "no list of models could be read");
      return installationDefaultOf(stocked);
    },

    async list(userId) {
      const [stocked, preferences] = await Promise.all([stockOf(userId), preferencesOf(userId)]);
      const chosen = defaultOf(stocked, preferences);
      const favourites = new Set(preferences.favourites);
      const marked = (model: CatalogueModel, availability: ListedModel["availability"]): ListedModel => {
        const rank = preferences.recent.indexOf(model.id);
        return {
          ...model,
          isDefault: model.id === chosen,
          isFavourite: favourites.has(model.id),
          recentRank: rank === -1 ? null : rank,
          availability,
        };
      };
      const seen = new Set<string>();
      const items: ListedModel[] = [];
      for (const { shelf, source } of stocked) {
        for (const model of shelf.models ?? []) {
          if (!seen.has(model.id))
            items.push(marked(withStatedPrice(model, model.id, source) ?? model, { status: "available" }));
          seen.add(model.id);
        }
      }
      if (configuredDefault !== null && !seen.has(configuredDefault)) {
        items.unshift(marked(...missing(configuredDefault, stocked, isConfiguredServed(stocked))));
      }
      return {
        items,
        defaultModel: chosen,
        installationDefault: installationDefaultOf(stocked),
        providers: stocked.map(({ source, shelf }) => ({
          id: source.id,
          name: source.name,
          readAt: shelf.readAt?.toISOString() ?? null,
          failure: shelf.failure,
        })),
      };
    },

    async requireModel(userId, model) {
      const served = await getModel(userId, model);
      if (served) return served;
      const wantsKey = await wouldNeedKey(userId, model);
      throw new AppError(wantsKey ? "key_missing" : "invalid_request", "nobody offers the model", {
        details: { field: "model", model, ...(!wantsKey && { reason: "model_not_offered" }) },
      });
    },

    async providerName(userId, providerId) {
      const sources = await sourcesOf(userId);
      return sources.find(({ id, prefix }) => id === providerId && prefix !== "")?.name ?? providerId;
    },
  };
}

/** Ids of endpoints are ours: nothing else begins like them. */
function isPrefixed(model: string): boolean {
  return /^ep_[\w-]+\//.test(model);
}

function hasModels({ shelf: { models } }: Stocked): boolean {
  return models !== null && models.length > 0;
}

function mayHave({ source, shelf }: Stocked, model: string): boolean {
  if (source.prefix === "" ? isPrefixed(model) : !model.startsWith(source.prefix)) return false;
  return shelf.models === null || shelf.byId.has(model);
}

function missing(
  id: string,
  stocked: readonly Stocked[],
  isServed: boolean,
): [CatalogueModel, ListedModel["availability"]] {
  const provider = isServed ? (stocked[0]?.source.id ?? "openrouter") : "openrouter";
  const model = plainModel({ id, provider });
  if (!isServed) return [model, { status: "unavailable", reason: "key_missing" }];
  if (stocked.some((each) => mayHave(each, id))) return [model, { status: "available" }];
  return [model, { status: "unavailable", reason: "not_listed" }];
}
