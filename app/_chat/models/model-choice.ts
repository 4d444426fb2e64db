import { type ModelName, unlistedName } from "@/app/_client/session/chosen-model";
import type { Catalogue } from "@/lib/models/catalogue";
import { lostModel } from "@/lib/models/lost-model";

export type { ModelName };

/** The little of the catalogue that a page is drawn with; the picker fetches the rest when it opens. */
export interface ModelChoice {
  /** What answers unless another is chosen. */
  byDefault: ModelName;
  /** What this chat has chosen. */
  chosen: ModelName | null;
  /** That it cannot answer any more, and what could. */
  lost: { reason: "not_listed" | "key_missing"; replacement: ModelName | null } | null;
  /** What those are called that have answered in it. */
  answered: ModelName[];
  /** No provider has a key, or none has told its models: only the built-in assistant is there. */
  isOffline: boolean;
  /** The providers whose lists could not be read. */
  unread: string[];
}

export function modelChoiceOf(
  catalogue: Catalogue,
  chosenId: string | null,
  answeredIds: Iterable<string | null> = [],
): ModelChoice {
  const { items, defaultModel, providers } = catalogue;
  const offered = items.filter(({ availability }) => availability.status === "available");
  const named = (id: string): ModelName => ({
    id,
    name: items.find((model) => model.id === id)?.name ?? unlistedName(id),
  });
  const lost = chosenId === null ? null : lostModel(chosenId, catalogue);
  return {
    byDefault: named(defaultModel),
    chosen: chosenId === null ? null : named(chosenId),
    lost: lost && { reason: lost.reason, replacement: lost.replacement && named(lost.replacement.id) },
    answered: [...new Set(answeredIds)].flatMap((id) => (id === null ? [] : [named(id)])),
    isOffline: offered.length > 0 && offered.every((model) => model.provider === "offline"),
    unread: providers.filter(({ readAt, failure }) => readAt === null && failure).map(({ name }) => name),
  };
}
