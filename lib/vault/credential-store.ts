import type { Credential, KeyRefusal } from "./credential";
import type { Sealed } from "./sealer";

/** Whose keys: a person's, or `null` for the installation's. */
export type Owner = string | null;

/**
 * Where sealed keys are kept, one for an owner and provider. What a person sees of their keys is told to their other
 * pages as `credential-changed`, and what happens to the installation's to the administrator's.
 */
export interface CredentialStore {
  list(owner: Owner): Promise<Credential[]>;
  find(owner: Owner, id: string): Promise<Credential | null>;

  /** In place of what the owner had for this provider, if anything. */
  put(credential: Omit<Credential, "lastUsedAt" | "createdAt">): Promise<Credential>;
  /** `false` when it is not the owner's. */
  remove(owner: Owner, id: string): Promise<boolean>;

  /** What the provider said when it was asked. `null` when the key is gone meanwhile. */
  noteCheck(owner: Owner, id: string, refusal: KeyRefusal | null): Promise<Credential | null>;
  /** The same for an answer. Gives who is to be woken, if it changes what they see. */
  noteUse(id: string, refusal: KeyRefusal | null): Promise<{ userId: string | null }>;

  /** A person's own keys, and whether they are a guest; `null` when there is no such person. */
  ofPerson(userId: string): Promise<{ isGuest: boolean; credentials: Credential[] } | null>;

  /** Those that are sealed with another master key, by their ids, after `afterId`. */
  listSealedOtherwise(masterKeyId: string, afterId: string, limit: number): Promise<Credential[]>;
  /** Each only if it still is what it was. Gives how many were. */
  reseal(changes: readonly { id: string; from: string; to: Sealed }[]): Promise<number>;
}
