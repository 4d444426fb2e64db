import { describe, expect, test } from "vitest";
import type { ChatErrorType } from "@/lib/errors/chat-error";
import { failureOf, wording } from "./testing/failure-of";
import { asking, hear, neverAborted, providersUnderTest } from "./testing/providers-under-test";
import { answerWith, delta, frameOf, startStandIn, streamOf } from "./testing/stand-in-server";

/** OpenRouter's `APIErrorType`, each with the status it comes with, what it is to us and whether to try again. */
const errorTypes: readonly [string, number, ChatErrorType, boolean][] = [
  ["context_length_exceeded", 400, "context_too_long", false],
  ["max_tokens_exceeded", 400, "provider_error", false],
  ["token_limit_exceeded", 400, "provider_credits", false],
  ["string_too_long", 400, "context_too_long", false],
  ["authentication", 401, "key_invalid", false],
  ["permission_denied", 403, "provider_refused", false],
  ["payment_required", 402, "provider_credits", false],
  ["rate_limit_exceeded", 429, "provider_rate_limited", true],
  ["provider_overloaded", 503, "provider_unavailable", true],
  ["provider_unavailable", 502, "provider_unavailable", true],
  ["invalid_request", 400, "provider_error", false],
  ["invalid_prompt", 400, "provider_error", false],
  ["not_found", 404, "provider_unavailable", false],
  ["precondition_failed", 412, "provider_error", false],
  ["payload_too_large", 413, "context_too_long", false],
  ["unprocessable", 422, "provider_error", false],
  ["content_policy_violation", 403, "provider_refused", false],
  ["refusal", 400, "provider_refused", false],
  ["invalid_image", 400, "provider_error", false],
  ["image_too_large", 400, "provider_error", false],
  ["image_too_small", 400, "provider_error", false],
  ["unsupported_image_format", 400, "provider_error", false],
  ["image_not_found", 400, "provider_error", false],
  ["image_download_failed", 400, "provider_error", false],
  ["server", 500, "provider_error", true],
  ["timeout", 504, "provider_timeout", true],
  ["unmapped", 500, "provider_error", true],
];

describe.each(providersUnderTest)("$name", ({ name, create }) => {
  const heardFrom = (baseUrl: string) => hear(create({ baseUrl }).stream(asking("Hello"), neverAborted()));
  const errorOf = (errorType: string, code: unknown) => ({
    code,
    message: wording,
    metadata: { error_type: errorType, raw: wording },
  });

  test.each(errorTypes)(
    "%s before the stream, as %i, is %s, worth another try: %s",
    async (errorType, status, type, retryable) => {
      const heard = await heardFrom(
        await startStandIn(answerWith(status, { error: errorOf(errorType, status) })),
      );
      expect(failureOf(heard)).toMatchObject({ type, retryable, provider: name });
    },
  );

  test.each(errorTypes)(
    "%s under 200 (it would be %i) is %s, worth another try: %s",
    async (errorType, status, type, retryable) => {
      const heard = await heardFrom(
        await startStandIn(answerWith(200, { error: errorOf(errorType, status) })),
      );
      expect(failureOf(heard)).toMatchObject({ type, retryable, provider: name });
    },
  );

  test.each(errorTypes)(
    "%s in mid-stream (it would be %i) is %s, worth another try: %s, and what came before is kept",
    async (errorType, status, type, retryable) => {
      for (const code of [status, String(status), "server_error", undefined]) {
        const error = errorOf(errorType, code);
        const broken = {
          id: "gen-1",
          error,
          choices: [{ index: 0, delta: { content: "" }, finish_reason: "error" }],
        };
        const heard = await heardFrom(
          await startStandIn(streamOf(delta({ content: "Half" }), frameOf(broken))),
        );
        expect(heard.text).toBe("Half");
        // Without its number, an error that has no name of its own tells nothing more than that it is one.
        const expected =
          errorType === "unmapped" ? { type: "provider_error", retryable: true } : { type, retryable };
        expect(failureOf(heard)).toMatchObject({ ...expected, provider: name });
      }
    },
  );
});
