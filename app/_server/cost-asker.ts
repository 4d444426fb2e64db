import type { ModelSource } from "@/lib/models/model-source";
import type { ModelProvider } from "@/lib/models/provider";
import type { DueEntry } from "@/lib/usage/ledger";
import type { CredentialKeyRing } from "@/lib/vault/credential-key-ring";

/** Who can be asked what a call came to: its provider, with the key that paid for it and no other. */
export function createCostAsker(
  sources: readonly ModelSource[],
  keyRing: Pick<CredentialKeyRing, "keyThatPaid">,
) {
  return async ({ userId, route }: DueEntry): Promise<ModelProvider | "key-gone" | null> => {
    // An endpoint tells nothing afterwards.
    const source = sources.find(({ id }) => id === route.provider);
    if (!source) return null;
    const key = await keyRing.keyThatPaid(userId, route, source.baseUrl);
    if (key === "gone") return "key-gone";
    return key === "closed" ? null : source.connect(key.apiKey);
  };
}
