import type { Route } from "./route";

export interface ModelKey {
  apiKey: string;
  payer: Route["payer"];
  /** `null` for a key of the environment. */
  credentialId: string | null;
}

/** Where the keys of a person's answers come from. Read for every question: it must cost no statement when nothing has changed. */
export interface KeyRing {
  /**
   * The key by which `provider` at `baseUrl` answers the person: their own, the installation's, the
   * environment's. `null` where there is none that they may use; never one that was given for another address.
   */
  keyFor(userId: string, provider: string, baseUrl: string): Promise<ModelKey | null>;

  /** Notes that the provider took the key, or why it did not. Never throws and is not waited for. */
  noteUse(credentialId: string, refusal: "key_invalid" | "provider_credits" | null): void;
}
