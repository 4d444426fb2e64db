import useSWR from "swr/whole";
import { api } from "@/app/_client/api";
import { toFailure } from "@/app/_client/chat-failure";
import { showToast } from "@/app/_ui/toasts";
import { listModels } from "@/lib/api/models";
import { changeModels } from "@/lib/api/settings";
import type { Catalogue } from "@/lib/models/catalogue";
import type { ModelPreferencesChange } from "@/lib/models/model-preferences";

/** One after the other, so that the last press is what stands. */
let changing: Promise<unknown> = Promise.resolve();

/** The models that the person can use, and what they have at hand of them. */
export function useModels() {
  const { data, error, isLoading, isValidating, mutate } = useSWR("models", () => api(listModels));

  /** Shown at once, and taken back where it cannot be kept. */
  async function change(
    wanted: ModelPreferencesChange,
    shown: (catalogue: Catalogue) => Catalogue = (catalogue) => catalogue,
  ): Promise<boolean> {
    if (data) void mutate(shown(data), { revalidate: false });
    const stored = changing.then(() => api(changeModels, { body: wanted }));
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
    isTrying: isValidating,
    retry: () => void mutate(),

    setFavourite: (id: string, isFavourite: boolean) =>
      change(isFavourite ? { addFavourite: id } : { removeFavourite: id }, (catalogue) =>
        marked(catalogue, id, { isFavourite }),
      ),

    /** `null` for the installation's own. */
    setDefault: (id: string | null) =>
      change({ defaultModel: id }, (catalogue) => {
        const defaultModel = id ?? catalogue.installationDefault;
        const items = catalogue.items.map((model) => ({ ...model, isDefault: model.id === defaultModel }));
        return { ...catalogue, defaultModel, items };
      }),

    noteChosen: (id: string) => change({ chosen: id }),
  };
}

/** Whoever wanted it tells. */
function leaveToItsCaller(): void {}

function marked(catalogue: Catalogue, id: string, marks: { isFavourite: boolean }): Catalogue {
  const items = catalogue.items.map((model) => (model.id === id ? { ...model, ...marks } : model));
  return { ...catalogue, items };
}
