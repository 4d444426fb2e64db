import { z } from "zod";
import type { Translate } from "@/lib/i18n/server-translator";
import { AppError, isAppError } from "./app-error";

export const chatErrorTypes = [
  "invalid_request",
  "unauthenticated",
  "forbidden",
  "not_found",
  "generation_active",
  "conflict",
  "gone",
  "too_large",
  "unsupported",
  "rate_limited",
  "quota_exceeded",
  "unavailable",
  "internal",
  "key_missing",
  "key_invalid",
  "provider_credits",
  "provider_rate_limited",
  "provider_unavailable",
  "provider_timeout",
  "provider_refused",
  "context_too_long",
  "provider_error",
  "interrupted",
] as const;

export type ChatErrorType = (typeof chatErrorTypes)[number];

/** The one shape in which a failure leaves the server: as `{ error }` over HTTP, as JSON in an `error` chunk. */
export const chatErrorSchema = z.object({
  type: z.enum(chatErrorTypes),
  message: z.string(),
  provider: z.string().nullable(),
  retryable: z.boolean(),
  retryAfterMs: z.number().int().nonnegative().nullable(),
  requestId: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
});

export type ChatError = z.infer<typeof chatErrorSchema>;

/** Anything that is not an `AppError` is our own bug: `internal`, with nothing of its text. */
export function toChatError(error: unknown, requestId: string, t: Translate): ChatError {
  const known = isAppError(error) ? error : new AppError("internal", "unexpected", { cause: error });
  return {
    type: known.type,
    message: messageOf(known, t),
    provider: known.provider,
    retryable: known.retryable,
    retryAfterMs: known.retryAfterMs,
    requestId,
    ...(known.details && { details: known.details }),
  };
}

/** Where the reason says more than the type does. */
const reasonTexts = new Map<
  unknown,
  "error.private_address" | "error.model_not_offered" | "error.fallback_not_offered" | "error.answer_too_long"
>([
  ["private_address", "error.private_address"],
  ["model_not_offered", "error.model_not_offered"],
  ["fallback_not_offered", "error.fallback_not_offered"],
  ["answer_too_long", "error.answer_too_long"],
]);

function messageOf({ type, words, details }: AppError, t: Translate): string {
  if (words) return words;
  const { neededTokens, roomTokens } = details ?? {};
  if (type !== "context_too_long" || typeof neededTokens !== "number" || typeof roomTokens !== "number") {
    return t(reasonTexts.get(details?.reason) ?? `error.${type}`);
  }
  return t("error.noRoom", { needed: neededTokens, room: Math.max(0, roomTokens) });
}

export function httpStatusOf(type: ChatErrorType): number {
  return httpStatus[type];
}

const httpStatus: Record<ChatErrorType, number> = {
  invalid_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  generation_active: 409,
  conflict: 409,
  gone: 410,
  too_large: 413,
  unsupported: 415,
  rate_limited: 429,
  quota_exceeded: 402,
  unavailable: 503,
  internal: 500,
  key_missing: 503,
  key_invalid: 502,
  provider_credits: 502,
  provider_rate_limited: 502,
  provider_unavailable: 502,
  provider_timeout: 504,
  provider_refused: 502,
  context_too_long: 422,
  provider_error: 502,
  interrupted: 503,
};
