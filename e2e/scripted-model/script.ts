/**
 * What one answer plays. Durations are milliseconds; positions (`after`, `commentEvery`)
 * count deltas: reasoning first, then text, sources, images, or tool call arguments.
 */
export type Script = {
  text: TextSource;
  /** `null` plays the text once, as long as it is. */
  tokens: number | null;
  reasoningTokens: number;
  holdMs: number;
  delayMs: number;
  /** Between the last delta and the finish. */
  endDelayMs: number;
  intervalMs: number;
  /** A comment after so much silence; 0 sends no comment by time, not even the first. */
  heartbeatMs: number;
  commentEvery: number;
  toolCalls: ToolCall[];
  toolRounds: number;
  images: number;
  /** In pixels; `null` is one red pixel. */
  imageSide: number | null;
  sources: Source[];
  finishReason: FinishReason;
  usage: UsageOverrides | null;
  isSplit: boolean;
  acceptsPrefill: boolean;
  overlapCharacters: number;
  failure: Failure | null;
  /** The failure is played for the first so many requests of one prompt. */
  failureTimes: number;
};

export type TextSource =
  | { kind: "words" }
  | { kind: "answer" | "markdown" | "html" | "unicode" }
  | { kind: "echo" }
  | { kind: "tool-result" }
  | { kind: "literal"; text: string };

/** A page that the answer says it rests on, as a web search adds it. */
export type Source = { url: string; title: string };

/** `name: null` calls the first declared tool; `arguments: null` makes them up from its schema. */
export type ToolCall = { name: string | null; arguments: string | null };

export type FinishReason = "stop" | "length" | "content_filter";

export type UsageOverrides = {
  promptTokens: number | null;
  cachedTokens: number;
  cost: number | null;
};

export type Failure =
  | ({ kind: "status" } & ErrorScript)
  | ({ kind: "body" } & ErrorScript)
  | ({ kind: "mid-stream"; after: number } & ErrorScript)
  | { kind: "end" | "cut" | "stall" | "stall-with-comments" | "garbage"; after: number };

/** A failure that shows only once a stream has begun. */
export type StreamFailure = Extract<Failure, { after: number }>;

export type ErrorScript = {
  /** An HTTP status, or a name of `errors.ts` like "context-length". */
  error: string;
  code: number | string | null;
  message: string | null;
  retryAfter: string | null;
  leaksKey: boolean;
};

export const plainScript: Script = {
  text: { kind: "answer" },
  tokens: null,
  reasoningTokens: 0,
  holdMs: 0,
  delayMs: 0,
  endDelayMs: 0,
  intervalMs: 0,
  heartbeatMs: 1000,
  commentEvery: 0,
  toolCalls: [],
  toolRounds: 1,
  images: 0,
  imageSide: null,
  sources: [],
  finishReason: "stop",
  usage: { promptTokens: null, cachedTokens: 0, cost: null },
  isSplit: false,
  acceptsPrefill: true,
  overlapCharacters: 0,
  failure: null,
  failureTimes: Number.POSITIVE_INFINITY,
};
