import type { CatalogueModel } from "./catalogue";

export interface KeptCatalogue {
  models: CatalogueModel[];
  readAt: Date;
}

/** The lists of models as they were last read: a process that starts while a provider is down has them from here. */
export interface CatalogueStore {
  /** `null` for a list that is not there, or that another version has written. */
  get(shelf: string): Promise<KeptCatalogue | null>;
  /** `endpointId`: goes with the endpoint. */
  keep(shelf: string, kept: KeptCatalogue, endpointId: string | null): Promise<void>;
}
