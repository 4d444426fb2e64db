import type { KeyRing } from "./key-ring";

/** The keys that the environment gives, for everybody. */
export function createEnvironmentKeys(
  given: readonly { provider: string; baseUrl: string; apiKey: string | null }[],
): KeyRing {
  return {
    async keyFor(_userId, provider, baseUrl) {
      const found = given.find((each) => each.provider === provider && each.baseUrl === baseUrl);
      return found?.apiKey ? { apiKey: found.apiKey, payer: "installation", credentialId: null } : null;
    },
    noteUse() {},
  };
}
