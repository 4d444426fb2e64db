import { ask, failureIn } from "@/e2e/ask";
import { expect, test } from "@/e2e/fixtures";
import { nobody, type Person, signInAsGuest, signUp } from "@/e2e/person";
import { providerKey } from "@/e2e/provider-settings";
import { readStream } from "@/e2e/read-stream";
import { fingerprint } from "@/e2e/scripted-model/journal";
import { addEndpoint } from "@/lib/api/endpoints";
import { listKeys, removeKey, setKey, verifyKey } from "@/lib/api/keys";
import { changeInstallation } from "@/lib/api/settings";
import { maskKey } from "@/lib/vault/mask-key";

const key = "sk-or-v1-Zq8aaaabbbbcccc7ddddeeee6ffff00001234";
/** Any part of the key that a mask does not show. */
const inKey = /Zq8aaaa|bbbbcccc|7ddddeeee|6ffff0000/;

test("a key goes in and never comes out: no answer, page, event, export or log line has it", async ({
  app,
  model,
}) => {
  const person = await signUp(app.url);
  const told: string[] = [];
  const note = async (response: Response | Promise<Response>) => told.push(await (await response).text());
  const events = await eventsOf(person);
  const { key: stored } = await person.call(setKey, { body: { provider: "openrouter", key } });
  told.push(JSON.stringify(stored));
  await note(
    person.request("POST", "/api/keys", { body: { provider: "openrouter", key: `${key} with a blank` } }),
  );
  await note(
    person.request("POST", "/api/keys", { body: { provider: "openrouter", key: `${key}-invalid` } }),
  );
  await note(person.request("POST", "/api/keys", { body: { provider: key, key } }));
  await note(person.request("POST", "/api/keys", { body: { provider: "openrouter", key: `${key}ü` } }));
  await note(person.request("POST", "/api/keys", { body: { provider: "openrouter", key: key.repeat(20) } }));
  await note(person.request("POST", `/api/keys/${stored.id}/verify`, { body: {} }));
  const good = await ask(person, "Hello [[tokens=3]]");
  await note(good.response);
  model.revoke(key);
  const refused = await ask(person, "Fail [[leak]]", { chatId: good.chatId });
  await note(refused.response);
  await note(person.request("POST", `/api/keys/${stored.id}/verify`, { body: {} }));
  for (const path of placesOf(good.chatId)) {
    const response = await person.request("GET", path);
    expect(response.status, path).toBe(200);
    await note(response);
  }
  const table = await person.request("GET", "/api/usage?by=key&format=csv");
  expect(await table.text()).toContain("sk-or-…1234");
  await person.request("DELETE", `/api/keys/${stored.id}`, { body: {} });
  told.push(await events.read(/credential-changed/g, 3), app.log());

  expect(key).toMatch(inKey);
  expect(told.join()).toContain("sk-or-…1234");
  expect(told.join()).toContain("credential-changed");
  expect(told.filter((text) => inKey.test(text))).toEqual([]);
});

test("nor do the keys of endpoints, of the installation and of the environment come out, for anybody", async ({
  ownApp,
  model,
}) => {
  const administrator = await signUp(ownApp.url);
  const keys = { privateHosts: ["127.0.0.1"] };
  await administrator.call(changeInstallation, { body: { keys } });
  const [member, guest] = [await signUp(ownApp.url), await signInAsGuest(ownApp.url)];
  const people = [administrator, member, guest];
  const events = await Promise.all(people.map(eventsOf));
  const told: string[] = [];
  const note = async (response: Response | Promise<Response>) => told.push(await (await response).text());
  const say = async (person: Person, more: { chatId?: string; model?: string } = {}, text = "Hello") => {
    const asked = await ask(person, `${text} [[tokens=3]]`, more);
    await note(asked.response);
    return asked;
  };

  const ofEnvironment = await say(member);
  const secrets = { installation: secret(1), own: secret(2), shared: secret(3), renewed: secret(4) };
  const body = { provider: "openrouter", key: secrets.installation, scope: "installation" };
  await note(administrator.request("POST", "/api/keys", { body }));
  await say(member, ofEnvironment);
  const endpoints = [
    [member, { name: "Own", key: secrets.own }],
    [administrator, { name: "Shared", key: secrets.shared, scope: "installation" }],
  ] as const;
  for (const [person, given] of endpoints) {
    const server = { baseUrl: model.baseUrl.replace("/api/v1", "/v1"), models: ["scripted/burst"] };
    const added = await person.call(addEndpoint, { body: { ...server, ...given } });
    told.push(JSON.stringify(added));
    const address = `/api/endpoints/${added.id}`;
    await note(person.request("POST", "/api/endpoints", { body: { ...server, key: `${given.key} blank` } }));
    await note(person.request("PATCH", address, { body: { key: `${given.key}ü` } }));
    await say(member, { model: `${added.id}/scripted/burst` });
    await note(person.request("POST", `${address}/check`, { body: {} }));
    model.revoke(given.key);
    await say(member, { model: `${added.id}/scripted/burst` }, "Refused");
    await note(person.request("POST", `${address}/check`, { body: {} }));
    await note(person.request("PATCH", address, { body: { key: secrets.renewed } }));
  }
  model.revoke(secrets.installation);
  await say(member, ofEnvironment, "Refused [[leak]]");
  for (const person of people) {
    for (const path of placesOf(ofEnvironment.chatId)) await note(person.request("GET", path));
    await say(person);
  }
  for (const path of ["/api/installation", "/api/usage?scope=installation&by=key"])
    await note(administrator.request("GET", path));
  for (const heard of events) told.push(await heard.read(/generation-ended/g, 1));
  told.push(ownApp.log());

  const used = new Set(model.requests().map(({ auth }) => auth));
  for (const each of [providerKey, secrets.installation, secrets.own, secrets.shared])
    expect(used, each).toContain(fingerprint(each));
  const inKeys = new RegExp(["Zq8hidden", "hidden7dd", providerKey.slice(8, -4)].join("|"));
  for (const each of [...Object.values(secrets), providerKey]) expect(each).toMatch(inKeys);
  for (const each of [secrets.installation, secrets.own, secrets.shared, secrets.renewed])
    expect(told.join(), each).toContain(maskKey(each));
  expect(told.filter((text) => inKeys.test(text))).toEqual([]);
});

test("of connecting OpenRouter no log line has the code, the state or the key", async ({ app, model }) => {
  const person = await signUp(app.url);
  const begun = await person.request("GET", "/api/keys/openrouter/connect", { redirect: "manual" });
  const page = await (await fetch(begun.headers.get("location") ?? "")).text();
  const callback = /href="([^"]+code=code-[\w-]+)"/.exec(page)?.[1]?.replaceAll("&amp;", "&") ?? "";
  const cookie = begun.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const finished = await fetch(callback, {
    redirect: "manual",
    headers: { Cookie: `${person.cookie}; ${cookie}` },
  });
  expect(finished.headers.get("location")).toBe(`${app.url}/settings/keys?connect=connected`);
  expect(finished.headers.getSetCookie()[0]).toContain("Max-Age=0");
  const secrets = [
    model.connectedKeys().at(-1),
    new URL(callback).searchParams.get("code"),
    callback.split("/").at(-1)?.split("?")[0],
  ];
  expect(secrets.every((secret) => secret !== undefined && secret !== null && secret.length > 10)).toBe(true);
  const said = app.log();
  expect(secrets.filter((secret) => said.includes(secret ?? ""))).toEqual([]);
});

test("the way to OpenRouter and back leads nowhere else", async ({ app }) => {
  const person = await signUp(app.url);
  for (const back of ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]) {
    const begun = await person.request(
      "GET",
      `/api/keys/openrouter/connect?back=${encodeURIComponent(back)}`,
      {
        redirect: "manual",
      },
    );
    const page = await (await fetch(begun.headers.get("location") ?? "")).text();
    const callback = /href="([^"]+code=code-[\w-]+)"/.exec(page)?.[1]?.replaceAll("&amp;", "&") ?? "";
    const cookie = begun.headers.getSetCookie()[0] ?? "";
    expect(cookie).toMatch(/; HttpOnly; SameSite=Lax; Path=\/api\/keys\/openrouter; Max-Age=600$/);
    const finished = await fetch(callback, {
      redirect: "manual",
      headers: { Cookie: `${person.cookie}; ${cookie.split(";")[0]}` },
    });
    expect(finished.headers.get("location")).toBe(`${app.url}/`);
  }
  const lured = await person.request("GET", "/api/keys/openrouter/connect", {
    redirect: "manual",
    headers: { Origin: "https://evil.example" },
  });
  expect(lured.status).toBe(403);
});

test("somebody else's key is 404, the installation's are its administrator's, and nobody else gets in", async ({
  app,
}) => {
  const person = await signUp(app.url);
  const { key: stored } = await person.call(setKey, { body: { provider: "openrouter", key: `${key}-2` } });
  for (const stranger of [await signUp(app.url), await signInAsGuest(app.url)]) {
    for (const [method, path] of [
      ["POST", `/api/keys/${stored.id}/verify`],
      ["DELETE", `/api/keys/${stored.id}`],
    ] as const)
      expect(await failureIn(await stranger.request(method, path, { body: {} }))).toMatchObject({
        status: 404,
        type: "not_found",
      });
    const shared = { provider: "openrouter", key, scope: "installation" };
    expect(await failureIn(await stranger.request("POST", "/api/keys", { body: shared }))).toMatchObject({
      type: "forbidden",
    });
    expect(await failureIn(await stranger.request("POST", "/api/keys/reseal", { body: {} }))).toMatchObject({
      type: "forbidden",
    });
    const listed = await stranger.call(listKeys);
    expect(listed.items).toEqual([]);
  }
  for (const [method, path] of [
    ["GET", "/api/keys"],
    ["POST", "/api/keys"],
    ["POST", "/api/keys/reseal"],
    ["POST", `/api/keys/${stored.id}/verify`],
    ["DELETE", `/api/keys/${stored.id}`],
  ] as const) {
    const body = method === "GET" ? undefined : {};
    expect((await nobody(app.url).request(method, path, { body })).status).toBe(401);
  }
  expect((await person.call(listKeys)).items).toEqual([stored]);
  await person.call(removeKey, { params: { keyId: stored.id }, body: {} });
  expect((await person.call(listKeys)).items).toEqual([]);
});

test("a key for another address, for no provider, or that is none is refused and not stored", async ({
  app,
}) => {
  const person = await signUp(app.url);
  for (const [body, type] of [
    [{ provider: "openrouter", key, baseUrl: "http://evil.example/api/v1" }, "invalid_request"],
    [{ provider: "nobody", key }, "not_found"],
    [{ provider: "openrouter", key: "" }, "invalid_request"],
    [{ provider: "openrouter", key: "two words" }, "invalid_request"],
    [{ provider: "openrouter", key: "x".repeat(501) }, "invalid_request"],
    [{ provider: "openrouter", key: 7 }, "invalid_request"],
    [{ provider: "openrouter", key, scope: "everybody" }, "invalid_request"],
    [{ provider: "openrouter", key: "sk-or-invalid" }, "key_invalid"],
  ] as const)
    expect(await failureIn(await person.request("POST", "/api/keys", { body }))).toMatchObject({ type });
  expect((await person.call(listKeys)).items).toEqual([]);

  const broke = await person.call(setKey, {
    body: { provider: "openrouter", key: "sk-or-broke-0000000000" },
  });
  expect(broke).toMatchObject({
    problem: "provider_credits",
    key: { lastError: { type: "provider_credits" } },
  });
  const again = await person.call(verifyKey, { params: { keyId: broke.key.id }, body: {} });
  expect(again.problem).toBe("provider_credits");
  const asked = await ask(person, "Hello [[tokens=3]]");
  expect(JSON.stringify(await readStream(asked.response))).toContain("provider_credits");
});

/** Whatever tells something of a person's keys, or of what was done with them. */
function placesOf(chatId: string): string[] {
  return [
    "/api/keys",
    "/api/endpoints",
    "/api/models",
    "/api/settings",
    "/api/account",
    "/api/account/sessions",
    "/api/usage?by=key",
    "/api/usage?by=key&format=csv",
    "/api/usage?format=csv",
    "/api/usage/budget",
    `/api/chats/${chatId}`,
    `/api/chats/${chatId}/messages`,
    "/api/export?format=json",
    "/api/export?format=markdown",
    "/api/health/ready",
    "/settings/keys",
    "/settings/models",
    "/settings/usage",
    "/settings/account",
    "/settings/data",
    `/chat/${chatId}`,
    "/",
  ];
}

/** A mask shows its beginning and its end only. */
function secret(number: number): string {
  return `sk-or-v1-Zq8hidden7dddd${number}eeee6ffff0000${number}999`;
}

/** Everything that the person's events say, from now on. */
async function eventsOf(person: Person) {
  const leaving = new AbortController();
  const response = await person.request("GET", "/api/events", { signal: leaving.signal });
  let text = "";
  const reading = (async () => {
    for await (const piece of response.body ?? []) text += Buffer.from(piece).toString("utf8");
  })().catch(() => undefined);
  return {
    async read(what: RegExp, times: number) {
      await expect.poll(() => text.match(what)?.length ?? 0).toBeGreaterThanOrEqual(times);
      leaving.abort();
      await reading;
      return text;
    },
  };
}
