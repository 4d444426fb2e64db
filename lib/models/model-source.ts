import type { ModelProvider } from "./provider";
import type { Route } from "./route";
import type { StatedPrice } from "./stated-price";

/** A place that models come from. Its connections are made with the key of whoever asks. */
export interface ModelSource {
  /** Names the provider in routes, keys and errors. */
  id: string;
  /** For people. */
  name: string;
  /** The only place where a key for it may be sent. */
  baseUrl: string;
  /** Stands before the ids of its models; empty where these are known by their own. */
  prefix: string;
  /** Whether it answers only those who have a key. */
  needsKey: boolean;
  /** Whether everybody is told the same models, whoever asks. */
  hasOneList: boolean;
  /** The ids of models that were named by hand: then it is not asked for its list. */
  namedModels: readonly string[];
  /** What people say its models cost, where it does not tell. */
  prices: readonly StatedPrice[];
  /** The row that its list goes with. */
  endpointId: string | null;
  /** Who pays where no key is needed. */
  payer: Route["payer"];
  connect(apiKey: string | null): ModelProvider;
}
