import type { ListedModel } from "@/lib/models/catalogue";

export interface ModelName {
  id: string;
  name: string;
}

/** The little of the catalogue that a page is drawn with; the picker fetches the rest when it opens. */
export interface ModelChoice {
  /** What answers unless another is chosen. */
  byDefault: ModelName;
  /** What this chat has chosen. */
  chosen: ModelName | null;
  /** No provider has a key: only the built-in assistant is there. */
  isOffline: boolean;
}

interface Catalogue {
  items: ListedModel[];
  defaultModel: string;
}

export function modelChoiceOf({ items, defaultModel }: Catalogue, chosenId: string | null): ModelChoice {
  const named = (id: string): ModelName => ({ id, name: items.find((model) => model.id === id)?.name ?? id });
  return {
    byDefault: named(defaultModel),
    chosen: chosenId === null ? null : named(chosenId),
    isOffline: items.length > 0 && items.every((model) => model.provider === "offline"),
  };
}
