import { AppError, isAppError } from "@/lib/errors/app-error";
import type { ChatErrorType } from "@/lib/errors/chat-error";
import type { ProviderFailure } from "./provider-failure";

export interface FailedCall {
  provider: string;
  /** `null` when the failure came inside a stream that had begun with 200. */
  status: number | null;
  failure: ProviderFailure;
  headers?: Headers;
  /** Whether a model was asked, so that 404 means the model. */
  isAboutModel?: boolean;
}

/**
 * What a failed call is to us. The statuses are DESIGN's, the names are the values of
 * OpenRouter's `metadata.error_type` and of OpenAI's `code` and `type`.
 * Nothing of the provider's wording passes: it can quote prompts and parts of keys.
 */
export function providerError(call: FailedCall): AppError {
  const { provider, failure, headers } = call;
  const status = call.status ?? statusInCode(failure.code);
  const names = namesOf(failure);
  const type = typeOf(names, status, failure.message ?? "");
  const isModelMissing =
    call.isAboutModel === true && type === "provider_unavailable" && isNotFound(names, status);
  const errorType = names.find((name) => isPlainName.test(name));
  const said = [status ?? "an error in the stream", errorType && `(${errorType})`].filter(Boolean).join(" ");

  return new AppError(type, `${provider} answered ${said}`, {
    provider,
    retryable: isRetryable(type, status, names, failure),
    retryAfterMs: retryAfterMs(failure, headers),
    details: safeDetails({
      status,
      errorType,
      reason: isModelMissing ? "model_not_offered" : undefined,
      reasons: failure.metadata?.reasons?.filter((reason) => isPlainReason.test(reason)).slice(0, 10),
      fallbackModels: failure.availability?.fallback_models?.filter(isModelId).slice(0, 10),
    }),
  });
}

/** The connection could not be made, was refused by a guard of ours, or broke before there was an answer. */
export function connectionError(provider: string, error: unknown): AppError {
  if (isAppError(error)) return error;
  return new AppError("provider_unavailable", `${provider} cannot be reached (${networkCode(error)})`, {
    provider,
  });
}

export function timeoutError(provider: string, waitedMs: number): AppError {
  return new AppError("provider_timeout", `${provider} sent nothing for ${waitedMs} ms`, { provider });
}

/** An answer that began and then broke, ended or turned to garbage. */
export function brokenAnswer(provider: string, what: string): AppError {
  return new AppError("provider_error", `${provider}: ${what}`, { provider });
}

function typeOf(names: readonly string[], status: number | null, message: string): ChatErrorType {
  const named = names.map((name) => typeByName.get(name)).find((type) => type !== undefined);
  if (named === "context_too_long" || named === "provider_credits") return named;
  if (status === 413 || (isRefusal(status) && isAboutLength.test(message))) return "context_too_long";
  if (status === 429) return "provider_rate_limited";
  return named ?? (status === null ? "provider_error" : typeByStatus(status));
}

function typeByStatus(status: number): ChatErrorType {
  switch (status) {
    case 401:
      return "key_invalid";
    case 402:
      return "provider_credits";
    case 403:
      return "provider_refused";
    case 404:
    case 502:
    case 503:
    case 529:
      return "provider_unavailable";
    case 408:
    case 504:
    case 524:
      return "provider_timeout";
    case 429:
      return "provider_rate_limited";
    default:
      return "provider_error";
  }
}

const typeByName: ReadonlyMap<string, ChatErrorType> = new Map([
  ["context_length_exceeded", "context_too_long"],
  ["context_window_exceeded", "context_too_long"],
  ["exceed_context_size_error", "context_too_long"],
  ["payment_required", "provider_credits"],
  ["insufficient_credits", "provider_credits"],
  ["insufficient_quota", "provider_credits"],
  ["billing_hard_limit_reached", "provider_credits"],
  ["authentication", "key_invalid"],
  ["authentication_error", "key_invalid"],
  ["invalid_api_key", "key_invalid"],
  ["content_policy_violation", "provider_refused"],
  ["content_filter", "provider_refused"],
  ["rate_limit_exceeded", "provider_rate_limited"],
  ["rate_limit_error", "provider_rate_limited"],
  ["provider_overloaded", "provider_unavailable"],
  ["provider_unavailable", "provider_unavailable"],
  ["overloaded_error", "provider_unavailable"],
  ["not_found", "provider_unavailable"],
  ["model_not_found", "provider_unavailable"],
  ["timeout", "provider_timeout"],
]);

function isRetryable(
  type: ChatErrorType,
  status: number | null,
  names: readonly string[],
  failure: ProviderFailure,
): boolean | undefined {
  if (!passes.has(type) || isNotFound(names, status)) return false;
  if (type === "provider_error" && status !== null && status < 500) return false;
  return failure.availability?.retryable ?? undefined;
}

/** Failures that pass by themselves. The others stay as they are until somebody does something. */
const passes: ReadonlySet<ChatErrorType> = new Set([
  "provider_error",
  "provider_rate_limited",
  "provider_timeout",
  "provider_unavailable",
]);

/**
 * Milliseconds to wait. `Retry-After` is seconds or an HTTP date (RFC 9110 §10.2.3),
 * `availability.retry_after` is seconds.
 */
function retryAfterMs(failure: ProviderFailure, headers: Headers | undefined): number | undefined {
  const header = headers?.get("retry-after")?.trim();
  if (header && /^\d+(\.\d+)?$/.test(header)) return wholeMs(Number(header) * 1000);
  const date = header?.endsWith("GMT") ? Date.parse(header) : Number.NaN;
  if (!Number.isNaN(date)) return wholeMs(date - Date.now());
  const seconds = failure.availability?.retry_after ?? null;
  return seconds === null ? undefined : wholeMs(seconds * 1000);
}

function wholeMs(ms: number): number | undefined {
  const whole = Math.max(0, Math.ceil(ms));
  return Number.isSafeInteger(whole) ? whole : undefined;
}

function namesOf({ metadata, code, type }: ProviderFailure): string[] {
  return [metadata?.error_type, code, type]
    .filter((name) => typeof name === "string")
    .map((name) => name.toLowerCase())
    .filter((name) => !/^\d+$/.test(name));
}

function statusInCode(code: string | number | null | undefined): number | null {
  const status = Number(code ?? Number.NaN);
  return Number.isInteger(status) && status >= 400 && status <= 599 ? status : null;
}

function isNotFound(names: readonly string[], status: number | null): boolean {
  return status === 404 || names.includes("not_found") || names.includes("model_not_found");
}

/** Statuses with which servers refuse a prompt, besides a stream that says none. */
function isRefusal(status: number | null): boolean {
  return status === null || status === 400 || status === 422;
}

const isAboutLength =
  /context[ _-]?(length|window|size|limit)|maximum context|(prompt|input|request|messages?) (is|are) too long|too many (input )?tokens|maximum number of tokens/i;

/** Small letters only: no key is made of them. */
const isPlainName = /^[a-z]+(_[a-z]+)*$/;
const isPlainReason = /^[a-z]{1,24}([ /_-][a-z]{1,24}){0,4}$/i;

function isModelId(text: string): boolean {
  return /^[a-z0-9-]{1,40}\/[\w.:-]{1,80}$/i.test(text) && !/sk-|[a-z0-9]{20,}/i.test(text);
}

function networkCode(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = cause instanceof Error && "code" in cause ? cause.code : null;
  return typeof code === "string" && /^[A-Z_]{1,40}$/.test(code) ? code : "no connection";
}

function safeDetails(facts: Record<string, unknown>): Record<string, unknown> | undefined {
  const known = Object.entries(facts).filter(
    ([, value]) => value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0),
  );
  return known.length === 0 ? undefined : Object.fromEntries(known);
}
