import type { Endpoint, EndpointFields } from "./endpoint";

/** Whose endpoints: a person's, or `null` for the installation's. What is not the owner's does not exist. */
export interface EndpointStore {
  /** The oldest first. */
  list(owner: string | null): Promise<Endpoint[]>;
  find(owner: string | null, id: string): Promise<Endpoint | null>;
  /** `null` when the owner has `countMax` of them already. */
  add(
    owner: string | null,
    endpoint: EndpointFields & { id: string },
    countMax: number,
  ): Promise<Endpoint | null>;
  /** With another address its keys go, unless `keepsKeys`, and the list of its models. */
  change(
    owner: string | null,
    id: string,
    change: Partial<EndpointFields>,
    options?: { keepsKeys: boolean },
  ): Promise<Endpoint | null>;
  /** `false` when it is not the owner's. */
  forgetKey(owner: string | null, id: string): Promise<boolean>;
  /** With its keys and its list. `false` when it is not the owner's. */
  remove(owner: string | null, id: string): Promise<boolean>;
}
