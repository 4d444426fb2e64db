import type { Owner } from "./credential-store";

/** What a key can be given for. */
export interface KeyPlace {
  /** `openrouter`, `openai`, or the id of an endpoint. */
  provider: string;
  name: string;
  /** Without a slash at its end. */
  baseUrl: string;
  /**
   * Asks the provider whether it takes the key. Rejects with the `AppError` that says why not: `key_invalid` and
   * `provider_credits` are about the key, anything else about reaching the provider.
   */
  check(apiKey: string, signal: AbortSignal): Promise<void>;
}

export interface KeyPlaces {
  /** Those that everybody has; endpoints are their owners'. */
  fixed: readonly KeyPlace[];
  /** One of those, or an endpoint of the owner's; `null` for anything else. */
  find(owner: Owner, provider: string): Promise<KeyPlace | null>;
}
