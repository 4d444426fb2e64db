import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ScriptedModel, startScriptedModel } from "@/e2e/scripted-model/start-scripted-model";
import type { ChatErrorType } from "@/lib/errors/chat-error";
import { failingStatuses } from "./testing/failing-statuses";
import { failureOf, wording } from "./testing/failure-of";
import { asking, type Heard, hear, neverAborted, providersUnderTest } from "./testing/providers-under-test";
import { answerWith, delta, done, finish, startStandIn, streamOf } from "./testing/stand-in-server";

let scripted: ScriptedModel;

beforeAll(async () => {
  scripted = await startScriptedModel();
});
afterAll(() => scripted.close());

describe.each(providersUnderTest)("$name", ({ name, create }) => {
  const heardFrom = (baseUrl: string, prompt = "Hello") =>
    hear(create({ baseUrl }).stream(asking(prompt), neverAborted()));

  async function expectFourOf(heard: Heard, prompt: string) {
    const complete = await heardFrom(scripted.baseUrl, prompt);
    expect(complete.text.startsWith(heard.text)).toBe(true);
    expect(heard.text.trim().split(" ")).toHaveLength(4);
  }

  test.each(failingStatuses)(
    "%s in mid-stream is %s as well, with the partial kept",
    async (error, type, retryable) => {
      const status = error === "context-length" ? 400 : Number(error);
      const metadata =
        error === "context-length"
          ? { error_type: "context_length_exceeded", raw: wording }
          : { raw: wording };
      const failure = { error: { code: status, message: wording, metadata }, ...finishedWith("error") };
      const baseUrl = await startStandIn(streamOf(delta({ content: "So far" }), failure, done));
      const heard = await heardFrom(baseUrl);
      expect(heard.text).toBe("So far");
      expect(failureOf(heard)).toMatchObject({ type, retryable, provider: name });
    },
  );

  test.each([
    ["numbered", ""],
    ["named", "code=server_error"],
  ])("a %s error in mid-stream keeps what had arrived", async (_, code) => {
    const heard = await heardFrom(
      scripted.baseUrl,
      `[[tokens=9 error-after=4 leak message="${wording}" ${code}]]`,
    );
    await expectFourOf(heard, "[[tokens=9]]");
    expect(failureOf(heard)).toMatchObject({ type: "provider_unavailable", retryable: true });
  });

  test.each<[string, object, ChatErrorType, boolean]>([
    [
      "OpenAI out of credit",
      { code: "insufficient_quota", type: "insufficient_quota" },
      "provider_credits",
      false,
    ],
    [
      "OpenAI's length",
      { code: "context_length_exceeded", type: "invalid_request_error" },
      "context_too_long",
      false,
    ],
    ["OpenAI's filter", { code: "content_filter" }, "provider_refused", false],
    ["a plain server error", { code: "server_error" }, "provider_error", true],
    ["a number in letters", { code: "429" }, "provider_rate_limited", true],
    ["an unknown word", { code: "kaputt" }, "provider_error", true],
    ["nothing at all", {}, "provider_error", true],
  ])("an error frame with %s is told apart", async (_, error, type, retryable) => {
    const baseUrl = await startStandIn(streamOf({ error: { message: wording, ...error } }));
    expect(failureOf(await heardFrom(baseUrl))).toMatchObject({ type, retryable });
  });

  test("HTTP 200 with an error in its body is that error", async () => {
    const heard = await heardFrom(scripted.baseUrl, `[[body-error=402 leak message="${wording}"]]`);
    expect(failureOf(heard)).toMatchObject({ type: "provider_credits", retryable: false });
    const pretty = JSON.stringify({ error: { code: 429, message: wording } }, null, 2);
    const asStream = await startStandIn(answerWith(200, pretty, { "content-type": "text/event-stream" }));
    expect(failureOf(await heardFrom(asStream)).type).toBe("provider_rate_limited");
  });

  test.each<[string, readonly unknown[]]>([
    ["an end without a finish reason", [delta({ content: "So far" })]],
    ["a [DONE] without a finish reason", [delta({ content: "So far" }), done]],
    ["a finish reason that is no success", [delta({ content: "So far" }), finishedWith("error"), done]],
    ["a finish reason nobody knows", [delta({ content: "So far" }), finishedWith("sk-or-v1-0123"), done]],
    ["garbage", [delta({ content: "So far" }), 'data: {"key":"sk-or-v1-0123456789abcdef\n\n', finish, done]],
    [
      "a frame of another kind",
      [delta({ content: "So far" }), 'data: "sk-or-v1-0123456789abcdef"\n\n', finish, done],
    ],
  ])("%s is a failure that keeps the partial", async (_, frames) => {
    const heard = await heardFrom(await startStandIn(streamOf(...frames)));
    expect(heard).toMatchObject({ text: "So far", finish: null });
    expect(failureOf(heard)).toMatchObject({ type: "provider_error", retryable: true });
  });

  test.each(["end-after=4", "cut-after=4", "garbage-after=4"])(
    "%s is a failure that keeps the partial",
    async (failure) => {
      const heard = await heardFrom(scripted.baseUrl, `[[tokens=9 ${failure}]]`);
      await expectFourOf(heard, "[[tokens=9]]");
      expect(failureOf(heard)).toMatchObject({ type: "provider_error", retryable: true });
    },
  );
});

function finishedWith(reason: string) {
  return { choices: [{ index: 0, delta: { content: "" }, finish_reason: reason }] };
}
