import { createHash, randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ScriptedModel, startScriptedModel } from "@/e2e/scripted-model/start-scripted-model";
import { createOpenRouterAuth } from "./openrouter-auth";
import { neverAborted } from "./testing/providers-under-test";
import { answerWith, startStandIn } from "./testing/stand-in-server";

let scripted: ScriptedModel;

beforeAll(async () => {
  scripted = await startScriptedModel();
});
afterAll(() => scripted.close());

const back = "http://127.0.0.1:3000/api/keys/openrouter/callback/a-state";

test("the page is OpenRouter's own, with where to come back to and the challenge", () => {
  const page = new URL(createOpenRouterAuth({ baseUrl: "https://openrouter.ai/api/v1" }).pageFor(back, "c"));
  expect(page.origin + page.pathname).toBe("https://openrouter.ai/auth");
  expect(Object.fromEntries(page.searchParams)).toEqual({
    callback_url: back,
    code_challenge: "c",
    code_challenge_method: "S256",
  });
});

test("a code is a key with its verifier, once", async () => {
  const auth = createOpenRouterAuth({ baseUrl: scripted.baseUrl });
  const { code, verifier } = await agreedTo(auth);
  const key = await auth.exchange(code, verifier, neverAborted());
  expect(key).toBe(scripted.connectedKeys().at(-1));
  await expect(auth.exchange(code, verifier, neverAborted())).rejects.toMatchObject({
    type: "provider_refused",
  });
});

test("a code that somebody else brings is good for nothing", async () => {
  const auth = createOpenRouterAuth({ baseUrl: scripted.baseUrl });
  const { code } = await agreedTo(auth);
  const failed = auth.exchange(code, "another-verifier", neverAborted());
  await expect(failed).rejects.toMatchObject({ type: "provider_refused", provider: "openrouter" });
});

test.each([
  ["nobody there", () => ({ baseUrl: "http://127.0.0.1:9/api/v1" }), "provider_unavailable"],
  [
    "a server in trouble",
    async () => ({ baseUrl: await startStandIn(answerWith(502, {})) }),
    "provider_unavailable",
  ],
  [
    "no key in the answer",
    async () => ({ baseUrl: await startStandIn(answerWith(200, { key: "" })) }),
    "provider_error",
  ],
  [
    "a key with a line break",
    async () => ({ baseUrl: await startStandIn(answerWith(200, { key: "sk-or\n-secret" })) }),
    "provider_error",
  ],
  [
    "no JSON",
    async () => ({ baseUrl: await startStandIn(answerWith(200, "<p>sk-or-secret</p>")) }),
    "provider_error",
  ],
  [
    "a redirect to somewhere else",
    async () => ({ baseUrl: await startStandIn(answerWith(302, "", { location: "http://127.0.0.1:9/" })) }),
    "provider_unavailable",
  ],
  ["silence", async () => ({ baseUrl: await startStandIn(() => {}), deadlineMs: 50 }), "provider_timeout"],
] as const)("%s is said so, and nothing of what was said or sent is told", async (_, options, type) => {
  const auth = createOpenRouterAuth(await options());
  const error = await auth
    .exchange("the-code", "the-verifier", neverAborted())
    .catch((cause: unknown) => cause);
  expect(error).toMatchObject({ type });
  expect(inspect(error, { depth: 10, showHidden: true })).not.toMatch(/the-code|the-verifier|secret/);
});

async function agreedTo(auth: ReturnType<typeof createOpenRouterAuth>) {
  const verifier = randomBytes(32).toString("base64url");
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  const page = await (await fetch(auth.pageFor(back, challenge))).text();
  const code = /code=(code-[\w-]+)"/.exec(page)?.[1] ?? "";
  return { code, verifier };
}
