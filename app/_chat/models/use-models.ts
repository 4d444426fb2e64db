import useSWR from "swr/whole";
import { api } from "@/app/_client/api";
import { toFailure } from "@/app/_client/chat-failure";
import { showToast } from "@/app/_ui/toasts";
import { listModels } from "@/lib/api/models";
import { changeSettings, getSettings } from "@/lib/api/settings";
import type { Catalogue } from "@/lib/models/catalogue";
import type { ModelPreferences } from "@/lib/models/model-preferences";

/** One after the other: each builds on what the one before has stored. */
let changing: Promise<unknown> = Promise.resolve();

const recentMax = 10;
const favouritesMax = 200;

/** The models that the person can use, and what they have at hand of them. */
export function useModels() {
  const { data, error, isLoading, mutate } = useSWR("models", () => api(listModels));

  /** Shown at once, and taken back where it cannot be kept. */
  async function change(
    shown: (catalogue: Catalogue) => Catalogue,
    wanted: (preferences: ModelPreferences) => ModelPreferences,
  ): Promise<boolean> {
    if (data) void mutate(shown(data), { revalidate: false });
    const stored = changing.then(async () => {
      // Read again: another device may have changed the rest.
      const { models } = await api(getSettings);
      await api(changeSettings, { body: { models: wanted(models) } });
    });
    changing = stored.catch(leaveToItsCaller);
    try {
      await stored;
      return true;
    } catch (cause) {
      showToast(toFailure(cause).message);
      return false;
    } finally {
      void mutate();
    }
  }

  return {
    catalogue: data,
    error,
    isLoading,

    setFavourite: (id: string, isFavourite: boolean) =>
      change(
        (catalogue) => marked(catalogue, id, { isFavourite }),
        (preferences) => {
          const others = preferences.favourites.filter((each) => each !== id);
          const favourites = isFavourite ? [...others, id].slice(-favouritesMax) : others;
          return { ...preferences, favourites };
        },
      ),

    /** `null` for the installation's own. */
    setDefault: (id: string | null) =>
      change(
        (catalogue) => {
          const defaultModel = id ?? catalogue.installationDefault;
          const items = catalogue.items.map((model) => ({ ...model, isDefault: model.id === defaultModel }));
          return { ...catalogue, defaultModel, items };
        },
        (preferences) => ({ ...preferences, defaultModel: id }),
      ),

    noteChosen: (id: string) =>
      change(
        (catalogue) => catalogue,
        (preferences) => {
          const others = preferences.recent.filter((each) => each !== id);
          return { ...preferences, recent: [id, ...others].slice(0, recentMax) };
        },
      ),
  };
}

/** Whoever wanted it tells; the next change goes on from what is there. */
function leaveToItsCaller(): void {}

function marked(catalogue: Catalogue, id: string, marks: { isFavourite: boolean }): Catalogue {
  const items = catalogue.items.map((model) => (model.id === id ? { ...model, ...marks } : model));
  return { ...catalogue, items };
}
