import { createModelDirectory, type ModelDirectory } from "@/lib/models/directory";
import { modelPreferencesSchema } from "@/lib/models/model-preferences";
import type { ModelProvider } from "@/lib/models/provider";
import { createShelves } from "@/lib/models/shelves";
import { sourceOf } from "./source-of";

/** The models of one provider that wants no key, for everybody. */
export function directoryOf(provider: ModelProvider): ModelDirectory {
  const source = sourceOf(provider, { needsKey: false });
  return createModelDirectory({
    sourcesOf: async () => [source],
    fallback: null,
    keys: { keyFor: async () => null, noteUse() {} },
    shelves: createShelves({ store: null }),
    preferencesOf: async () => modelPreferencesSchema.parse({}),
    pseudonymOf: (userId) => `pseudonym of ${userId}`,
    configuredDefault: null,
  });
}
