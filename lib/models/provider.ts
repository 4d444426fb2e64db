import type { CatalogueModel } from "./catalogue";
import type { ModelSettings } from "./settings";
import type { Usage } from "./usage";

export interface PromptMessage {
  role: "system" | "user" | "assistant";
  text: string;
  /** The prompt stays the same up to here: a provider that wants to be told may keep it. */
  isCached?: boolean;
}

export interface ModelRequest {
  /** The provider's own id of the model, such as `deepseek/deepseek-r1-0528:free`. */
  model: string;
  messages: readonly PromptMessage[];
  settings: ModelSettings;
  /** Stays the same over a chat, for providers that route by it. */
  chatId: string;
  /** Who asks, under a name that stays the same and tells nothing about them. */
  user?: string;
}

/** Only these ends are an answer; whatever else a provider reports is a failure. */
export type FinishReason = "stop" | "length" | "content-filter" | "tool-calls";

export type ModelChunk =
  | { type: "upstream-id"; id: string }
  | { type: "text-delta"; text: string }
  | { type: "reasoning-delta"; text: string }
  /** A call of a tool, by an id that no other call of this answer has. */
  | { type: "tool-input-start"; toolCallId: string; toolName: string }
  /** More of its input, which is JSON once it is complete. Comes after its start, until the answer ends. */
  | { type: "tool-input-delta"; toolCallId: string; text: string }
  /** A page that the answer rests on; not looked at, and perhaps named before. */
  | { type: "source"; url: string; title: string | null }
  /** What the model has drawn, as the provider gives it: a `data:` address, not looked at. */
  | { type: "image"; url: string }
  | { type: "finish"; reason: FinishReason; usage: Usage | null; costMicros: number | null };

export interface Completion {
  text: string;
  usage: Usage | null;
  costMicros: number | null;
}

export interface CallCost {
  usage: Usage | null;
  costMicros: number;
}

/** Where answers come from. One adapter a kind of API, in `lib/adapters`. */
export interface ModelProvider {
  /** `openrouter`, `openai`, `offline`: names the provider in errors and in the catalogue. */
  readonly id: string;

  /** Whether it is told `settings.routing.fallbackModels`, so that one of them may answer, and cost what it costs. */
  readonly takesFallbacks?: true;

  /** Whether its models answer by hosts at prices of their own, of which it lets none be dearer than `settings.routing.maxPrice`. */
  readonly takesMaxPrice?: true;

  /**
   * Streams one answer. A complete answer ends with exactly one `finish`; every failure,
   * a silent end of the upstream included, throws an `AppError` of a provider type
   * whose text holds nothing of the provider's own wording.
   * Aborting `signal` closes the upstream connection at once and throws the signal's reason.
   */
  stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelChunk>;

  /**
   * One short answer at once, without its reasoning. Fails and aborts as `stream` does, and for an answer that is
   * not there. Missing where nothing is worth asking. `onUpstreamId` is told the provider's id of the call as soon as
   * there is one: what fails afterwards may have been billed.
   */
  complete?(
    request: ModelRequest,
    signal: AbortSignal,
    onUpstreamId?: (id: string) => void,
  ): Promise<Completion>;

  /**
   * The body that `stream` would send, to the byte and without sending it. Missing where nothing is sent.
   * Throws the `AppError` of a request that cannot be written.
   */
  bodyOf?(request: ModelRequest): Promise<string>;

  /**
   * What a call came to that was broken off, once the provider knows; `null` while it does not. Missing where it
   * cannot be asked. Throws an `AppError` like `listModels`.
   */
  costOf?(upstreamId: string, signal: AbortSignal): Promise<CallCost | null>;

  /** The models on offer. Throws an `AppError` when the provider cannot be asked. */
  listModels(signal: AbortSignal): Promise<CatalogueModel[]>;

  /** Resolves when the provider can be reached; throws the `AppError` that says why not. */
  check(signal: AbortSignal): Promise<void>;
}
