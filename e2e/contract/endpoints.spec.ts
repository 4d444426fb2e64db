import { ask, failureIn, messagesOf } from "@/e2e/ask";
import { expect, test } from "@/e2e/fixtures";
import { type Person, signInAsGuest, signUp } from "@/e2e/person";
import { errorOf, readStream, textOf } from "@/e2e/read-stream";
import type { ScriptedModel } from "@/e2e/scripted-model/start-scripted-model";
import {
  addEndpoint,
  changeEndpoint,
  checkEndpoint,
  listEndpoints,
  removeEndpoint,
} from "@/lib/api/endpoints";
import { listModels } from "@/lib/api/models";
import { changeInstallation } from "@/lib/api/settings";

const key = "sk-endpoint-0000000000000000";

test("a server of one's own answers under its name, and is nobody else's", async ({ model, ownApp }) => {
  const administrator = await signUp(ownApp.url);
  await allowThisMachine(administrator);
  const [ada, bob] = [await signUp(ownApp.url), await signUp(ownApp.url)];
  const body = { name: "At home", baseUrl: `${serverOf(model)}/`, key, models: ["scripted/echo"] };
  const added = await ada.call(addEndpoint, { body });
  expect(added).toMatchObject({
    scope: "person",
    name: "At home",
    baseUrl: serverOf(model),
    maskedKey: expect.stringMatching(/^sk-.*0000$/),
    mayChange: true,
  });
  expect(JSON.stringify(added)).not.toContain(key);
  const id = `${added.id}/scripted/echo`;
  expect((await ada.call(listModels, { query: { q: "echo" } })).items.map((each) => each.id)).toContain(id);

  const asked = await ask(ada, "Repeat after me", { model: id });
  expect(textOf(await readStream(asked.response))).toBe("Repeat after me");
  expect((await messagesOf(ada, asked.chatId))[1]?.model).toBe(id);
  const call = model.requests().findLast(({ path }) => path === "/v1/chat/completions");
  expect(call).toMatchObject({
    model: "scripted/echo",
    body: expect.not.objectContaining({ session_id: expect.anything() }),
  });

  const params = { endpointId: added.id };
  for (const stranger of [bob, administrator]) {
    expect((await stranger.call(listEndpoints)).items).toEqual([]);
    expect((await stranger.call(listModels)).items.some((each) => each.id === id)).toBe(false);
    for (const [method, path] of [
      ["PATCH", ""],
      ["DELETE", ""],
      ["POST", "/check"],
    ] as const) {
      const attempt = await stranger.request(method, `/api/endpoints/${added.id}${path}`, {
        body: { name: "Mine" },
      });
      expect((await failureIn(attempt)).status, `${method} ${path}`).toBe(404);
    }
    const refused = await stranger.request("POST", "/api/chat", {
      body: { id: `of-${stranger.cookie.length}-${Date.now()}`, message: asking("Mine?"), model: id },
    });
    expect(await failureIn(refused)).toMatchObject({ status: 400, type: "invalid_request" });
  }
  expect(await ada.call(checkEndpoint, { params, body: {} })).toEqual({ status: "ok", modelCount: 1 });
  await ada.call(removeEndpoint, { params, body: {} });
  expect((await ada.call(listModels)).items.some((each) => each.id === id)).toBe(false);
});

test("a private address is refused until the administrator allows it, and again afterwards", async ({
  model,
  ownApp,
}) => {
  const administrator = await signUp(ownApp.url);
  const ada = await signUp(ownApp.url);
  const body = { name: "Within", baseUrl: serverOf(model), key, models: ["scripted/echo"] };
  const { id } = await ada.call(addEndpoint, { body });
  const check = () => ada.call(checkEndpoint, { params: { endpointId: id }, body: {} });
  const answer = async () => {
    const asked = await ask(ada, "Hello", { model: `${id}/scripted/echo` });
    return readStream(asked.response);
  };
  const before = model.requests().length;
  expect(await check()).toMatchObject({
    status: "failed",
    error: { type: "forbidden", details: { reason: "private_address" } },
  });
  const error = errorOf(await answer());
  expect(error).toMatchObject({ type: "forbidden", retryable: false, provider: id });
  expect(error.message).toContain("private network");
  expect(model.requests()).toHaveLength(before);

  await allowThisMachine(administrator);
  expect(await check()).toMatchObject({ status: "ok" });
  expect(textOf(await answer())).toBe("Hello");
  await administrator.call(changeInstallation, { body: { keys: { privateHosts: [] } } });
  expect(errorOf(await answer())).toMatchObject({ type: "forbidden" });
});

test("with another address the key is forgotten, and never sent there", async ({ model, ownApp }) => {
  const administrator = await signUp(ownApp.url);
  await allowThisMachine(administrator);
  const { id } = await administrator.call(addEndpoint, {
    body: {
      name: "For all",
      baseUrl: serverOf(model),
      key,
      scope: "installation",
      models: ["scripted/echo"],
    },
  });
  const params = { endpointId: id };
  const moved = await administrator.call(changeEndpoint, {
    params,
    body: { baseUrl: serverOf(model).replace("127.0.0.1", "localhost") },
  });
  expect(moved.maskedKey).toBeNull();
  const member = await signUp(ownApp.url);
  await readStream((await ask(member, "Hello", { model: `${id}/scripted/echo` })).response);
  const call = model.requests().findLast(({ path }) => path === "/v1/chat/completions");
  expect(call?.auth).toBeNull();
});

test("guests add no endpoints, and others only where the administrator lets them", async ({
  model,
  ownApp,
}) => {
  const administrator = await signUp(ownApp.url);
  const member = await signUp(ownApp.url);
  const guest = await signInAsGuest(ownApp.url);
  const body = { name: "Mine", baseUrl: serverOf(model) };
  const add = async (person: Person, more = {}) =>
    failureIn(await person.request("POST", "/api/endpoints", { body: { ...body, ...more } }));
  expect(await add(guest)).toMatchObject({ status: 403 });
  expect(await add(member, { scope: "installation" })).toMatchObject({ status: 403 });
  const { id } = await member.call(addEndpoint, { body: { ...body, models: ["scripted/echo"] } });
  await administrator.call(changeInstallation, { body: { keys: { personalEndpoints: false } } });
  expect(await add(member)).toMatchObject({ status: 403 });
  const own = await administrator.call(addEndpoint, { body: { ...body, models: ["scripted/echo"] } });
  expect((await administrator.call(listModels)).items.some((each) => each.id.startsWith(own.id))).toBe(true);
  const before = model.requests().length;
  for (const [method, path, sent, status] of [
    ["PATCH", `/api/endpoints/${id}`, { baseUrl: "http://127.0.0.2:9/v1" }, 403],
    ["POST", `/api/endpoints/${id}/check`, {}, 403],
    ["POST", "/api/keys", { provider: id, key }, 404],
  ] as const) {
    expect(await failureIn(await member.request(method, path, { body: sent })), path).toMatchObject({
      status,
    });
  }
  expect(model.requests()).toHaveLength(before);
  expect((await member.call(listEndpoints)).mayAdd).toBe(false);
  for (const baseUrl of ["ftp://a.example", "http://ada:secret@a.example", "http://a.example?x", "nowhere"]) {
    expect(await add(administrator, { baseUrl, scope: "installation" }), baseUrl).toMatchObject({
      status: 400,
    });
  }
});

function serverOf(model: ScriptedModel): string {
  return model.baseUrl.replace("/api/v1", "/v1");
}

async function allowThisMachine(administrator: Person): Promise<void> {
  const keys = { privateHosts: ["127.0.0.1", "localhost"] };
  await administrator.call(changeInstallation, { body: { keys } });
}

function asking(text: string) {
  return { id: "question", role: "user", parts: [{ type: "text", text }] };
}
