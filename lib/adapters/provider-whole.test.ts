import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scriptedText } from "@/e2e/scripted-model/scripted-text";
import { type ScriptedModel, startScriptedModel } from "@/e2e/scripted-model/start-scripted-model";
import { scriptFor } from "@/e2e/scripted-model/turn";
import { createOfflineProvider } from "./offline/offline-provider";
import { failingStatuses } from "./testing/failing-statuses";
import { safeError, wording } from "./testing/failure-of";
import { asking, neverAborted, providersUnderTest } from "./testing/providers-under-test";
import { answerWith, startStandIn } from "./testing/stand-in-server";

let model: ScriptedModel;

beforeAll(async () => {
  model = await startScriptedModel();
});
afterAll(() => model.close());

describe.each(providersUnderTest)("$name", ({ create }) => {
  function complete(text: string, deadlineMs?: number, signal = neverAborted()) {
    const deadlines = deadlineMs === undefined ? undefined : { wholeMs: deadlineMs };
    const whole = create({ baseUrl: model.baseUrl, deadlines }).complete?.(asking(text), signal);
    return whole ?? Promise.reject(new Error("this provider is to complete"));
  }

  test("an answer at once is the text without the thoughts, with what it cost", async () => {
    model.reset();
    const whole = await complete("[[tokens=20 reasoning=10]]");
    expect(whole.text).toBe(scriptedText(scriptFor("scripted/burst", "[[tokens=20 reasoning=10]]")));
    expect(whole.usage).toMatchObject({ outputTokens: expect.any(Number) });
    expect(model.requests()).toMatchObject([{ stream: false, state: "completed" }]);
  });

  test.each(failingStatuses)("%s is %s", async (status, type, retryable) => {
    const error = await complete(`[[error=${status} leak]]`).catch(safeError);
    expect(error).toMatchObject({ type, retryable });
  });

  test("a 200 with an error in its body is that error", async () => {
    expect(await complete("[[body-error=402]]").catch(safeError)).toMatchObject({ type: "provider_credits" });
  });

  test("what is no complete answer is an error", async () => {
    for (const body of [
      wording,
      { choices: [] },
      { choices: [{ message: { content: "Half" }, finish_reason: null }] },
    ]) {
      const baseUrl = await startStandIn(answerWith(200, body));
      const whole = create({ baseUrl }).complete?.(asking("Hello"), neverAborted());
      expect(await whole?.catch(safeError)).toMatchObject({ type: "provider_error" });
    }
  });

  test("the id at the provider is told before the answer is there, and where it never is", async () => {
    const ids: string[] = [];
    const baseUrl = await startStandIn(({ response }) => {
      response.writeHead(200, { "content-type": "application/json", "x-generation-id": "gen-1" });
      response.end("{");
    });
    const whole = create({ baseUrl }).complete?.(asking("Hello"), neverAborted(), (id) => ids.push(id));
    expect(await whole?.catch(safeError)).toMatchObject({ type: "provider_error" });
    expect(ids).toEqual(["gen-1"]);
  });

  test("an answer that does not come in time is a timeout", async () => {
    expect(await complete("[[hold=60000]]", 50).catch(safeError)).toMatchObject({ type: "provider_timeout" });
  });

  test("an abort closes the call at once, with the caller's reason", async () => {
    model.reset();
    const abort = new AbortController();
    const failed = complete("[[hold=60000]]", undefined, abort.signal).catch((error: unknown) => error);
    await model.until(({ state }) => state === "waiting");
    abort.abort(new Error("enough"));
    expect(await failed).toMatchObject({ message: "enough" });
    await model.until(({ aborted }) => aborted);
  });
});

test("the offline assistant names nothing", () => {
  expect(createOfflineProvider().complete).toBeUndefined();
});
