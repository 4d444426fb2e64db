import type { ChatErrorType } from "./chat-error";

const brand = Symbol.for("parley.app-error");

export interface AppErrorOptions {
  cause?: unknown;
  provider?: string;
  retryable?: boolean;
  retryAfterMs?: number;
  details?: Record<string, unknown>;
  /** What a person reads instead of the words of the type, where more is known. */
  words?: string;
}

/**
 * Every failure that a person or a client should understand.
 *
 * `message` is for logs and may name internals, but never a secret; what a person reads
 * is chosen by `type`, or is `words`, when the error leaves the process (see `toChatError`).
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly [brand] = true;
  readonly type: ChatErrorType;
  readonly provider: string | null;
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;
  readonly details: Record<string, unknown> | undefined;
  readonly words: string | undefined;

  constructor(type: ChatErrorType, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.type = type;
    this.provider = options.provider ?? null;
    this.retryable = options.retryable ?? retryableByNature.has(type);
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.details = options.details;
    this.words = options.words;
  }
}

const retryableByNature: ReadonlySet<ChatErrorType> = new Set([
  "rate_limited",
  "unavailable",
  "provider_rate_limited",
  "provider_unavailable",
  "provider_timeout",
  "provider_error",
  "interrupted",
]);

/** `instanceof` for a process in which modules exist more than once, as those of `instrumentation.ts` do. */
export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && brand in error;
}
