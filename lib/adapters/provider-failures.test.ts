import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ScriptedModel, startScriptedModel } from "@/e2e/scripted-model/start-scripted-model";
import type { ChatErrorType } from "@/lib/errors/chat-error";
import { failingStatuses } from "./testing/failing-statuses";
import { failureOf, wording } from "./testing/failure-of";
import { asking, hear, neverAborted, providersUnderTest } from "./testing/providers-under-test";
import { answerWith, startStandIn } from "./testing/stand-in-server";

let scripted: ScriptedModel;

beforeAll(async () => {
  scripted = await startScriptedModel();
});
afterAll(() => scripted.close());

describe.each(providersUnderTest)("$name", ({ name, create }) => {
  const heardFrom = (baseUrl: string, prompt = "Hello") =>
    hear(create({ baseUrl }).stream(asking(prompt), neverAborted()));

  test.each(failingStatuses)("%s is %s, worth another try: %s", async (error, type, retryable) => {
    const heard = await heardFrom(scripted.baseUrl, `[[error=${error} leak message="${wording}"]]`);
    expect(failureOf(heard)).toMatchObject({ type, retryable, provider: name });
    expect(heard.chunks).toEqual([]);
  });

  test.each<[string, number, unknown, ChatErrorType]>([
    [
      "OpenAI",
      429,
      { error: { message: wording, type: "insufficient_quota", code: "insufficient_quota" } },
      "provider_credits",
    ],
    ["OpenAI", 404, { error: { message: wording, code: "model_not_found" } }, "provider_unavailable"],
    [
      "vLLM",
      400,
      { object: "error", message: "This model's maximum context length is 4096", code: 400 },
      "context_too_long",
    ],
    [
      "llama.cpp",
      400,
      { error: { code: 400, message: wording, type: "exceed_context_size_error" } },
      "context_too_long",
    ],
    [
      "Anthropic",
      400,
      { error: { message: "prompt is too long: 210000 tokens > 200000 maximum" } },
      "context_too_long",
    ],
    ["Ollama", 404, { error: "model 'sk-or-v1-0123456789abcdef' not found" }, "provider_unavailable"],
    [
      "Google",
      400,
      [
        {
          error: { code: 400, message: "The input token count exceeds the maximum number of tokens allowed" },
        },
      ],
      "context_too_long",
    ],
    [
      "a proxy",
      502,
      "<html><body>Bad gateway sk-or-v1-0123456789abcdef</body></html>",
      "provider_unavailable",
    ],
    ["a proxy", 504, "", "provider_timeout"],
    ["nobody", 418, "[]", "provider_error"],
  ])("%s's %i is understood in its own shape", async (_, status, body, type) => {
    expect(failureOf(await heardFrom(await startStandIn(answerWith(status, body)))).type).toBe(type);
  });

  test("429 is a rate limit, whoever is overloaded", async () => {
    const error = { message: wording, metadata: { error_type: "provider_overloaded" } };
    const baseUrl = await startStandIn(answerWith(429, { error }));
    expect(failureOf(await heardFrom(baseUrl)).type).toBe("provider_rate_limited");
  });

  test("a rate limit by the tokens of a minute is no conversation too long", async () => {
    const message = "Request too large: too many tokens per minute, context length 30000";
    const baseUrl = await startStandIn(answerWith(429, { error: { message, code: "rate_limit_exceeded" } }));
    expect(failureOf(await heardFrom(baseUrl)).type).toBe("provider_rate_limited");
  });

  test.each<[string, Record<string, string>, object, number | null]>([
    ["seconds", { "retry-after": "7" }, {}, 7_000],
    ["a fraction of a second", { "retry-after": "0.25" }, {}, 250],
    ["a date that is over", { "retry-after": "Wed, 21 Oct 2015 07:28:00 GMT" }, {}, 0],
    ["OpenRouter's body", {}, { availability: { retry_after: 3 } }, 3_000],
    ["the header before the body", { "retry-after": "2" }, { availability: { retry_after: 9 } }, 2_000],
    ["nonsense", { "retry-after": "soon 5" }, {}, null],
    ["nothing", {}, {}, null],
  ])("how long to wait is read from %s", async (_, headers, error, retryAfterMs) => {
    for (const status of [429, 503]) {
      const baseUrl = await startStandIn(
        answerWith(status, { error: { message: wording, ...error } }, headers),
      );
      expect(failureOf(await heardFrom(baseUrl)).retryAfterMs).toBe(retryAfterMs);
    }
  });

  test("a date to wait for is so many milliseconds away", async () => {
    const date = new Date(Date.now() + 60_000).toUTCString();
    const baseUrl = await startStandIn(answerWith(429, {}, { "retry-after": date }));
    const { retryAfterMs } = failureOf(await heardFrom(baseUrl));
    expect(retryAfterMs).toBeGreaterThan(50_000);
    expect(retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  test("details are the status, plain names, and nothing that could hide a key", async () => {
    const error = {
      message: wording,
      metadata: {
        error_type: "content_policy_violation",
        reasons: ["violence/graphic", wording],
        flagged_input: wording,
        raw: wording,
      },
      availability: {
        retryable: true,
        fallback_models: ["openai/gpt-5-mini", wording, "a/sk-or-v1-0123456789abcdef"],
      },
    };
    const refused = failureOf(await heardFrom(await startStandIn(answerWith(403, { error }))));
    expect(refused).toMatchObject({ type: "provider_refused", retryable: false });
    expect(refused.details).toEqual({
      status: 403,
      errorType: "content_policy_violation",
      reasons: ["violence/graphic"],
      fallbackModels: ["openai/gpt-5-mini"],
    });
    const strange = failureOf(
      await heardFrom(
        await startStandIn(answerWith(500, { error: { metadata: { error_type: wording }, code: wording } })),
      ),
    );
    expect(strange.details).toEqual({ status: 500 });
  });

  test("a model that is not offered is named as the reason", async () => {
    const { details } = failureOf(await heardFrom(scripted.baseUrl, "[[error=404]]"));
    expect(details).toMatchObject({ status: 404, reason: "model_not_offered" });
  });

  test("what the provider says of retrying counts where retrying is thinkable", async () => {
    const error = { message: wording, availability: { retryable: false } };
    const baseUrl = await startStandIn(answerWith(503, { error }));
    expect(failureOf(await heardFrom(baseUrl)).retryable).toBe(false);
  });

  test.each<[string, string]>([
    ["an HTML page", "<html>Log in to the hotel's network</html>"],
    ["nothing", ""],
    ["a list", "[1, 2]"],
  ])("HTTP 200 with %s is no answer", async (_, body) => {
    const baseUrl = await startStandIn(answerWith(200, body, { "content-type": "text/html" }));
    expect(failureOf(await heardFrom(baseUrl)).type).toBe("provider_error");
  });

  test("a connection that breaks before there are headers is a provider that is not there", async () => {
    const baseUrl = await startStandIn(({ response }) => response.socket?.destroy());
    expect(failureOf(await heardFrom(baseUrl))).toMatchObject({
      type: "provider_unavailable",
      retryable: true,
    });
  });

  test("a server that nobody runs is a provider that is not there", async () => {
    const gone = await startScriptedModel();
    await gone.close();
    expect(failureOf(await heardFrom(gone.baseUrl))).toMatchObject({
      type: "provider_unavailable",
      retryable: true,
    });
  });

  test("a failed request is not tried again", async () => {
    scripted.reset();
    failureOf(await heardFrom(scripted.baseUrl, "[[error=503]]"));
    expect(scripted.requests()).toHaveLength(1);
  });
});
