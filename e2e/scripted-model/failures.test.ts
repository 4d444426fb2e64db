import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { leakedKey } from "./errors.ts";
import { rawExchange } from "./raw-exchange.ts";
import { type ScriptedModel, startScriptedModel } from "./start-scripted-model.ts";

let server: ScriptedModel;
beforeAll(async () => {
  server = await startScriptedModel();
});
beforeEach(() => server.reset());
afterAll(() => server.close());

test.each([
  ["400", 400, "invalid_request"],
  ["context-length", 400, "context_length_exceeded"],
  ["401", 401, "authentication"],
  ["402", 402, "payment_required"],
  ["403", 403, "content_policy_violation"],
  ["404", 404, "not_found"],
  ["408", 408, "timeout"],
  ["413", 413, "payload_too_large"],
  ["422", 422, "unprocessable"],
  ["429", 429, "rate_limit_exceeded"],
  ["500", 500, "server"],
  ["502", 502, "provider_unavailable"],
  ["503", 503, "provider_overloaded"],
  ["504", 504, "timeout"],
  ["524", 524, "timeout"],
  ["529", 529, "provider_overloaded"],
])(
  "error=%s answers %i with OpenRouter's JSON, streamed or not, and from its model",
  async (error, status, type) => {
    for (const ask of [{ prompt: `[[error=${error}]]` }, { model: `scripted/error-${error}` }]) {
      for (const stream of [true, false]) {
        const { status: answered, headers, json } = await post({ ...ask, stream });
        expect(answered).toBe(status);
        expect(headers).not.toHaveProperty("retry-after");
        expect(json).toMatchObject({ error: { code: status, metadata: { error_type: type } } });
        expect(JSON.stringify(json)).not.toContain(leakedKey);
      }
    }
  },
);

test("a moderation error says what was flagged and why", async () => {
  const { json } = await post({ prompt: "[[error=403]]" });
  expect(json).toMatchObject({
    error: { metadata: { reasons: ["violence/graphic"], provider_name: "Scripted" } },
  });
});

test("Retry-After is sent as it is given", async () => {
  const { headers } = await post({ prompt: "[[error=429 retry-after=7]]" });
  expect(headers["retry-after"]).toBe("7");
  const dated = await post({ prompt: '[[error=503 retry-after="Fri, 20 Nov 2026 10:00:00 GMT"]]' });
  expect(dated.headers["retry-after"]).toBe("Fri, 20 Nov 2026 10:00:00 GMT");
});

test("a leaking error carries something like a key, where providers do", async () => {
  const { json } = await post({ prompt: "[[error=502 leak]]" });
  expect(json.error.metadata.raw).toContain(leakedKey);
});

test("HTTP 200 with an error as its body is no event stream", async () => {
  const { status, headers, json } = await post({ prompt: "[[body-error=502]]" });
  expect(status).toBe(200);
  expect(headers["content-type"]).toBe("application/json");
  expect(json).toMatchObject({ error: { code: 502 } });
  expect(json.choices).toBeUndefined();
});

test("a failure with times=2 fails twice and then succeeds, in each conversation by itself", async () => {
  const ask = (session_id: string, stream = true) =>
    rawExchange(server.url, { ...request("[[error=503 times=2]]"), session_id, stream });
  const statuses = async (session: string) =>
    [await ask(session), await ask(session), await ask(session), await ask(session)].map(
      ({ status }) => status,
    );
  expect(await statuses("one")).toEqual([503, 503, 200, 200]);
  expect(await statuses("two")).toEqual([503, 503, 200, 200]);
  expect((await ask("one", false)).status).toBe(503);
  server.reset();
  expect((await ask("one")).status).toBe(503);
});

test("a connection cut once is whole at the second attempt", async () => {
  const ask = () => rawExchange(server.url, request("[[tokens=9 cut-after=3 times=1]]"));
  expect([(await ask()).isWhole, (await ask()).isWhole]).toEqual([false, true]);
});

function request(prompt: string) {
  return { model: "scripted/burst", stream: true, messages: [{ role: "user", content: prompt }] };
}

async function post({ prompt = "Hi", ...more }: { prompt?: string; model?: string; stream?: boolean }) {
  const exchange = await rawExchange(server.url, { ...request(prompt), ...more });
  return { ...exchange, json: JSON.parse(exchange.body) };
}
