import { createAppServer } from "@/e2e/app-server";
import { ask, failureIn } from "@/e2e/ask";
import { expect, test } from "@/e2e/fixtures";
import { nobody, signUp } from "@/e2e/person";
import { providerKey } from "@/e2e/provider-settings";
import { errorOf, readStream, textOf } from "@/e2e/read-stream";
import { updateChat } from "@/lib/api/chats";
import { getReadiness } from "@/lib/api/health";

test("the health of the process and of what it needs can be asked by anybody", async ({ app }) => {
  const live = await nobody(app.url).request("GET", "/api/health/live");
  expect(live.status).toBe(200);
  expect(await live.json()).toEqual({ status: "ok" });

  const ready = await nobody(app.url).call(getReadiness);
  expect(ready.status).toBe("ok");
  expect(ready.checks.database).toMatchObject({ status: "ok", latencyMs: expect.any(Number) });
  expect(ready.checks.migrations.status).toBe("ok");
  expect(ready.checks.provider).toMatchObject({ status: "ok", detail: "openrouter" });
});

test("a provider that is away is named, and does not make the app unready", async () => {
  const nowhere = { OPENROUTER_API_KEY: providerKey, OPENROUTER_BASE_URL: "http://127.0.0.1:9/api/v1" };
  const app = await createAppServer(nowhere);
  try {
    await app.start();
    expect(await nobody(app.url).call(getReadiness)).toMatchObject({
      status: "ok",
      checks: { provider: { status: "failed", detail: "provider_unavailable" } },
    });
  } finally {
    await app.dispose();
  }
});

test("every line of the log is JSON, belongs to a request, and holds no key, no person and no text", async ({
  app,
}) => {
  const before = app.log().length;
  const account = await signUp(app.url);
  const question = "Wombats of Wollongong [[tokens=30 interval=1]]";
  const asked = await ask(account, question);
  const read = await readStream(asked.response);
  const failing = await ask(account, "Wombats again [[tokens=30 error-after=10 leak]]");
  const failed = await readStream(failing.response);
  await account.call(updateChat, { params: { chatId: asked.chatId }, body: { title: "Marsupials" } });
  await account.request("PATCH", `/api/chats/${asked.chatId}`, { body: { title: "" } });
  await account.request("POST", "/api/auth/sign-in/email", {
    body: { email: account.email, password: `${account.password}-wrong` },
  });
  const refused = await nobody(app.url).request("GET", `/api/chats/${asked.chatId}`);
  const { requestId } = await failureIn(refused);

  expect(refused.headers.get("x-request-id")).toBe(requestId);
  await expect.poll(() => app.log().includes(requestId)).toBe(true);
  const log = app.log().slice(before);
  const lines = log
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.length).toBeGreaterThan(6);
  for (const line of lines) {
    expect(line).toMatchObject({
      level: expect.any(String),
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      msg: expect.any(String),
      requestId: expect.any(String),
    });
  }
  expect(lines.map((line) => line.requestId)).toContain(errorOf(failed).requestId);
  expect(lines).toContainEqual(
    expect.objectContaining({ requestId, method: "GET", path: "/api/chats/{chatId}", status: 401 }),
  );
  const [, token = ""] = account.cookie.split("=");
  const secrets = [
    ...[account.email, account.password, token, token.split(".")[0] ?? "", providerKey, "sk-or-"],
    ...["Wombats", "Wollongong", "Marsupials", textOf(read).slice(0, 20)],
  ];
  for (const secret of secrets) expect(log).not.toContain(secret);
});
