import type { Catalogue, ListedModel } from "./catalogue";
import { replacementFor } from "./replacement";

export interface LostModel {
  reason: "not_listed" | "key_missing";
  replacement: ListedModel | null;
}

/** Why a chat's model cannot answer any more, and what could instead; `null` while it can, or nobody knows. */
export function lostModel(id: string, { items, providers, defaultModel }: Catalogue): LostModel | null {
  const listed = items.find((model) => model.id === id);
  if (listed?.availability.status === "available") return null;
  const endpointId = /^(ep_[\w-]+)\//.exec(id)?.[1] ?? null;
  const own = providers.filter((provider) =>
    endpointId === null ? !provider.id.startsWith("ep_") : provider.id === endpointId,
  );
  if (own.some(({ readAt }) => readAt === null)) return null;
  const isKeyMissing =
    listed?.availability.status === "unavailable"
      ? listed.availability.reason === "key_missing"
      : endpointId === null && own.every((provider) => provider.id === "offline");
  const fallback = items.find((model) => model.id === defaultModel && model.id !== id) ?? null;
  return {
    reason: isKeyMissing ? "key_missing" : "not_listed",
    replacement: replacementFor(listed ?? { id }, items) ?? fallback,
  };
}
