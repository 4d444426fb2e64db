import { afterAll, beforeAll, expect, test } from "vitest";
import { type ScriptedModel, startScriptedModel } from "@/e2e/scripted-model/start-scripted-model";
import { createOpenRouterProvider } from "./openrouter";
import { parseOpenRouterGeneration } from "./openrouter-generation";
import { safeError } from "./testing/failure-of";
import { apiKey, asking, neverAborted } from "./testing/providers-under-test";
import { answerWith, startStandIn } from "./testing/stand-in-server";

let model: ScriptedModel;

beforeAll(async () => {
  model = await startScriptedModel();
});
afterAll(() => model.close());

test("what a call came to that was broken off is what was written until then", async () => {
  const openrouter = providerAt(model.baseUrl);
  const leaving = new AbortController();
  const said = "[[tokens=500 interval=20]]";
  const asked = openrouter.stream(asking(said, { model: "openai/gpt-5-mini" }), leaving.signal);
  const ids: string[] = [];
  let words = 0;
  for await (const chunk of asked) {
    if (chunk.type === "upstream-id") ids.push(chunk.id);
    if (chunk.type === "text-delta" && ++words === 3) break;
  }
  leaving.abort();
  await model.until(({ id, aborted }) => id === ids[0] && aborted);
  const cost = await openrouter.costOf?.(ids[0] ?? "", neverAborted());
  expect(cost?.usage?.outputTokens).toBeGreaterThanOrEqual(3);
  expect(cost?.usage?.outputTokens).toBeLessThan(500);
  expect(cost?.costMicros).toBe(
    Math.round(0.25 * (cost?.usage?.inputTokens ?? 0) + 2 * (cost?.usage?.outputTokens ?? 0)),
  );
});

test("a call that nobody has heard of yet costs nobody knows what, and other failures are told", async () => {
  expect(await providerAt(model.baseUrl).costOf?.("gen-unknown", neverAborted())).toBeNull();
  const down = await startStandIn(answerWith(503, { error: { code: 503, message: apiKey } }));
  const failed = providerAt(down).costOf?.("gen-1", neverAborted());
  expect(await failed?.catch(safeError)).toMatchObject({ type: "provider_unavailable" });
});

test("what cannot be read is not known", () => {
  for (const body of [null, {}, { data: {} }, { data: { total_cost: "much" } }, { data: { total_cost: -1 } }])
    expect(parseOpenRouterGeneration(body)).toBeNull();
  expect(parseOpenRouterGeneration({ data: { total_cost: "0.00000015", native_tokens_prompt: -3 } })).toEqual(
    {
      costMicros: 0,
      usage: { inputTokens: null, outputTokens: null, reasoningTokens: null, cachedTokens: null },
    },
  );
});

function providerAt(baseUrl: string) {
  return createOpenRouterProvider({ baseUrl, apiKey, appUrl: "https://parley.example" });
}
