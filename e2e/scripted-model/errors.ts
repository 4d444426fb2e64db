import type { ErrorScript } from "./script.ts";

/** What an error with `leak` carries in `metadata.raw`; it must never reach a person. */
export const leakedKey = "sk-or-v1-0000scripted0leak0000";

type KnownError = {
  status: number;
  message: string;
  errorType: string;
  metadata?: Record<string, unknown>;
  availability?: Record<string, unknown>;
};

const providerFailed = "Provider returned error";

const knownErrors: ReadonlyMap<string, KnownError> = new Map([
  ["400", known(400, "Invalid request parameters", "invalid_request")],
  [
    "context-length",
    known(
      400,
      "This endpoint's maximum context length is 8192 tokens. However, you requested about 12034 tokens (11010 of text input, 1024 in the output). Please reduce the length of either one.",
      "context_length_exceeded",
      { provider_name: null },
    ),
  ],
  [
    "prefill",
    known(
      400,
      "This model does not support assistant message prefill. The conversation must end with a user message.",
      "invalid_request",
      { provider_name: "Scripted" },
    ),
  ],
  ["401", known(401, "User not found.", "authentication")],
  [
    "402",
    known(
      402,
      "Insufficient credits. Add more using https://openrouter.ai/settings/credits",
      "payment_required",
    ),
  ],
  [
    "403",
    known(
      403,
      "Your chosen model requires moderation and your input was flagged",
      "content_policy_violation",
      {
        reasons: ["violence/graphic"],
        flagged_input: "the scripted input that was flagged",
        provider_name: "Scripted",
        model_slug: "scripted/error-403",
      },
    ),
  ],
  ["404", known(404, "No endpoints found for this model.", "not_found")],
  ["408", known(408, "Request timed out", "timeout")],
  ["413", known(413, "Request body is too large", "payload_too_large")],
  ["422", known(422, "The request could not be processed", "unprocessable")],
  [
    "429",
    known(429, providerFailed, "rate_limit_exceeded", {
      raw: "scripted/error-429 is temporarily rate-limited upstream. Please retry shortly.",
      provider_name: "Scripted",
    }),
  ],
  ["500", known(500, "Internal Server Error", "server")],
  [
    "502",
    known(502, providerFailed, "provider_unavailable", {
      raw: '{"error":{"message":"bad gateway","type":"upstream_error"}}',
      provider_name: "Scripted",
    }),
  ],
  [
    "503",
    {
      ...known(503, "No instances available", "provider_overloaded", { provider_name: "Scripted" }),
      availability: { retryable: true, retry_after: 1, fallback_models: ["scripted/echo"] },
    },
  ],
  ["504", known(504, "The provider did not respond in time", "timeout")],
  ["524", known(524, "The provider timed out", "timeout")],
  ["529", known(529, "Provider is overloaded", "provider_overloaded", { provider_name: "Scripted" })],
]);

export function isErrorName(name: string): boolean {
  return knownErrors.has(name);
}

export type ErrorAnswer = ReturnType<typeof errorAnswer>;

/** Status, headers and JSON of an error, as OpenRouter answers it. */
export function errorAnswer(script: ErrorScript) {
  const { status, message, errorType, metadata, availability } = requireKnown(script.error);
  const headers: Record<string, string> =
    script.retryAfter === null ? {} : { "Retry-After": script.retryAfter };
  const body = {
    error: {
      code: script.code ?? status,
      message: script.message ?? message,
      metadata: { ...metadata, ...(script.leaksKey ? leak() : {}), error_type: errorType },
      ...(availability === undefined ? {} : { availability }),
    },
    user_id: "user_scripted",
  };
  return { status, headers, body };
}

/** An error that the server finds itself, in the same shape. */
export function plainError(error: string, message: string | null = null) {
  return errorAnswer({ error, message, code: null, retryAfter: null, leaksKey: false });
}

function requireKnown(name: string): KnownError {
  const found = knownErrors.get(name);
  if (found === undefined) throw new Error(`there is no error "${name}"`);
  return found;
}

function known(
  status: number,
  message: string,
  errorType: string,
  metadata?: Record<string, unknown>,
): KnownError {
  return { status, message, errorType, ...(metadata === undefined ? {} : { metadata }) };
}

function leak() {
  return {
    raw: JSON.stringify({ error: { message: `Incorrect API key provided: ${leakedKey}` } }),
    provider_name: "Scripted",
  };
}
