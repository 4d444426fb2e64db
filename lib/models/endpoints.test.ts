import { expect, test } from "vitest";
import { AppError } from "@/lib/errors/app-error";
import { createLocalBus } from "@/lib/events/local-bus";
import { installationSettingsSchema } from "@/lib/settings/settings";
import { type KeyAccess, keyAccessSchema } from "@/lib/vault/key-access";
import { type Endpoint, endpointFieldsSchema } from "./endpoint";
import type { EndpointStore } from "./endpoint-store";
import { createCurrentEndpoints, createEndpoints } from "./endpoints";
import { silentProvider, sourceOf } from "./testing/source-of";

const ada = { userId: "ada", isGuest: false, isAdministrator: true };
const bob = { userId: "bob", isGuest: false, isAdministrator: false };
const guest = { userId: "guest", isGuest: true, isAdministrator: false };
const home = {
  name: "Home",
  baseUrl: "http://home.example/v1",
  models: [],
  prices: [],
  scope: "person" as const,
};

test("people add endpoints for themselves, and the administrator for everybody", async () => {
  const { endpoints, current } = setUp();
  const own = await endpoints.add(bob, home);
  const shared = await endpoints.add(ada, { ...home, scope: "installation" });
  expect(own.id).toMatch(/^ep_[\w-]{22}$/);
  expect((await current.ofPerson("bob")).endpoints.map(({ id }) => id)).toEqual([shared.id, own.id]);
  expect((await current.ofPerson("guest")).endpoints.map(({ id }) => id)).toEqual([shared.id]);
  await expect(endpoints.add(bob, { ...home, scope: "installation" })).rejects.toMatchObject({
    type: "forbidden",
  });
  await expect(endpoints.add(guest, home)).rejects.toMatchObject({ type: "forbidden" });
});

test("where the installation's endpoints are is told to the administrator alone", async () => {
  const { endpoints } = setUp();
  const { id } = await endpoints.add(ada, { ...home, scope: "installation", key: "sk-test" });
  expect((await endpoints.list(ada)).items).toMatchObject([
    { baseUrl: home.baseUrl, maskedKey: "sk-…", mayChange: true },
  ]);
  const seen = await endpoints.list(bob);
  expect(seen).toMatchObject({ mayAdd: true, items: [{ id, name: "Home", mayChange: false }] });
  expect(JSON.stringify(seen)).not.toMatch(/home\.example|sk-/);
});

test("somebody else's endpoint does not exist, not even for the administrator", async () => {
  const { endpoints } = setUp();
  const { id } = await endpoints.add(bob, home);
  for (const stranger of [ada, guest]) {
    expect((await endpoints.list(stranger)).items).toEqual([]);
    for (const attempt of [
      endpoints.change(stranger, id, { name: "Mine" }),
      endpoints.remove(stranger, id),
      endpoints.check(stranger, id),
    ]) {
      await expect(attempt).rejects.toMatchObject({ type: "not_found" });
    }
  }
});

test("once the administrator turns endpoints of people's own off, those that are there answer nobody", async () => {
  const { endpoints, current, allow } = setUp();
  await endpoints.add(bob, home);
  allow({ personalEndpoints: false, privateHosts: ["10.0.0.1"] });
  expect(await current.ofPerson("bob")).toEqual({ endpoints: [], privateHosts: ["10.0.0.1"] });
  await expect(endpoints.add(bob, home)).rejects.toMatchObject({ type: "forbidden" });
  expect(await endpoints.list(bob)).toMatchObject({ mayAdd: false, items: [{ name: "Home" }] });
});

test("then they cannot be pointed elsewhere or asked for their models, but removed", async () => {
  const { endpoints, current, allow } = setUp();
  const { id } = await endpoints.add(bob, home);
  allow({ personalEndpoints: false });
  expect(await current.servesOwn("bob")).toBe(false);
  await expect(endpoints.change(bob, id, { baseUrl: "http://other.example" })).rejects.toMatchObject({
    type: "forbidden",
  });
  await expect(endpoints.check(bob, id)).rejects.toMatchObject({ type: "forbidden" });
  expect((await endpoints.list(bob)).items).toMatchObject([{ baseUrl: home.baseUrl }]);
  await endpoints.remove(bob, id);
  expect((await endpoints.list(bob)).items).toEqual([]);
});

test("the administrator always may add endpoints, change them and use them", async () => {
  const { endpoints, current, allow } = setUp();
  allow({ personalEndpoints: false });
  const { id } = await endpoints.add(ada, home);
  const shared = await endpoints.add(ada, { ...home, scope: "installation" });
  expect((await endpoints.list(ada)).mayAdd).toBe(true);
  expect((await current.ofPerson("ada")).endpoints.map((each) => each.id)).toEqual([shared.id, id]);
  for (const each of [id, shared.id]) {
    expect(await endpoints.change(ada, each, { name: "Cellar" })).toMatchObject({ name: "Cellar" });
    expect(await endpoints.check(ada, each)).toMatchObject({ status: "ok" });
  }
});

test("an endpoint whose key is refused is not added", async () => {
  const { endpoints } = setUp();
  await expect(endpoints.add(bob, { ...home, key: "sk-wrong" })).rejects.toMatchObject({
    type: "key_invalid",
  });
  expect((await endpoints.list(bob)).items).toEqual([]);
});

test("a key is set and forgotten, and a change counts for the next question", async () => {
  const { endpoints, current } = setUp();
  const { id } = await endpoints.add(bob, home);
  expect((await current.ofPerson("bob")).endpoints).toMatchObject([{ name: "Home", maskedKey: null }]);
  expect(await endpoints.change(bob, id, { name: "Cellar", key: "sk-test" })).toMatchObject({
    maskedKey: "sk-…",
  });
  expect((await current.ofPerson("bob")).endpoints).toMatchObject([{ name: "Cellar", maskedKey: "sk-…" }]);
  expect(await endpoints.change(bob, id, { key: null })).toMatchObject({ name: "Cellar", maskedKey: null });
  await endpoints.remove(bob, id);
  expect((await current.ofPerson("bob")).endpoints).toEqual([]);
});

test("a change whose key is refused changes nothing, and the former key stays", async () => {
  const { endpoints, current } = setUp();
  const { id } = await endpoints.add(bob, { ...home, models: ["llama"], key: "sk-test" });
  const before = await endpoints.list(bob);
  const change = { name: "Cellar", baseUrl: "http://cellar.example/v1", models: [], key: "sk-wrong" };
  await expect(endpoints.change(bob, id, change)).rejects.toMatchObject({ type: "key_invalid" });
  expect(await endpoints.list(bob)).toEqual(before);
  expect((await current.ofPerson("bob")).endpoints).toMatchObject([{ name: "Home", maskedKey: "sk-…" }]);
  expect(await endpoints.change(bob, id, { baseUrl: change.baseUrl })).toMatchObject({ maskedKey: null });
});

test("a check tells how many models there are, or why there are none, and is not for looking around", async () => {
  const { endpoints, answer } = setUp();
  const { id } = await endpoints.add(bob, home);
  expect(await endpoints.check(bob, id)).toEqual({ status: "ok", modelCount: 2 });
  answer(new AppError("forbidden", "private", { details: { reason: "private_address" } }));
  expect(await endpoints.check(bob, id)).toMatchObject({ status: "failed", error: { type: "forbidden" } });
  await expect(endpoints.check(bob, id)).rejects.toMatchObject({ type: "rate_limited" });
});

test("what the models of an endpoint cost is its owner's to state, and stays where it was when a new key is refused", async () => {
  const { endpoints } = setUp();
  const prices = [{ model: "*", inputPrice: 0.25, outputPrice: 2, contextLength: null }];
  const { id } = await endpoints.add(bob, { ...home, prices });
  await expect(endpoints.change(bob, id, { prices: [], key: "sk-wrong" })).rejects.toThrow("refused");
  expect((await endpoints.list(bob)).items).toMatchObject([{ prices }]);
  expect(await endpoints.change(bob, id, { prices: [] })).toMatchObject({ prices: [] });
});

test("there is a limit to how many endpoints a person has", async () => {
  const { endpoints } = setUp();
  for (let count = 0; count < 20; count++) await endpoints.add(bob, home);
  await expect(endpoints.add(bob, home)).rejects.toMatchObject({ details: { reason: "too_many_endpoints" } });
});

test.each([
  ["http://localhost:11434/v1/", "http://localhost:11434/v1"],
  [" https://API.example.org//v1// ", "https://api.example.org//v1"],
  ["http://2130706433/v1", "http://127.0.0.1/v1"],
  ["https://models.example", "https://models.example"],
])("the address %s is taken as %s", (given, taken) => {
  expect(endpointFieldsSchema.shape.baseUrl.parse(given)).toBe(taken);
});

test.each([
  "ftp://a.example",
  "file:///etc/passwd",
  "a.example",
  "http://ada:secret@a.example/v1",
  "http://a.example/?x=1",
  "javascript:alert(1)",
  "",
])("%s is no address for an endpoint", (given) => {
  expect(endpointFieldsSchema.shape.baseUrl.safeParse(given).success).toBe(false);
});

function setUp() {
  let access: KeyAccess = keyAccessSchema.parse({});
  let answered: readonly string[] | AppError = ["llama", "qwen"];
  let checks = 0;
  const bus = createLocalBus();
  const store = inMemory();
  const settings = { ofInstallation: async () => installationSettingsSchema.parse({ keys: access }) };
  return {
    current: createCurrentEndpoints({
      store,
      bus,
      settings,
      installation: { isAdministrator: async (userId) => userId === ada.userId },
    }),
    endpoints: createEndpoints({
      store,
      settings,
      vault: {
        async set(actor, { provider, key, scope }) {
          if (key === "sk-wrong") throw new AppError("key_invalid", "refused");
          store.give(scope === "installation" ? null : actor.userId, provider, "sk-…");
          bus.publish(`keys:${scope === "installation" ? scope : actor.userId}`);
        },
      },
      keyRing: {
        keyFor: async () => null,
        changed: (owner) => bus.publish(`keys:${owner ?? "installation"}`),
      },
      limit: {
        async take() {
          if (++checks > 2) throw new AppError("rate_limited", "enough");
        },
      },
      sourceOf: ({ id }) => sourceOf(silentProvider(id, answered)),
      shelves: { forget() {} },
    }),
    allow: (changed: Partial<KeyAccess>) => {
      access = { ...access, ...changed };
    },
    answer: (changed: readonly string[] | AppError) => {
      answered = changed;
    },
  };
}

function inMemory(): EndpointStore & {
  give(owner: string | null, id: string, maskedKey: string | null): void;
} {
  const kept = new Map<string, Endpoint>();
  const find = (owner: string | null, id: string) => {
    const found = kept.get(id);
    return found?.userId === owner ? found : null;
  };
  const put = (endpoint: Endpoint) => {
    kept.set(endpoint.id, endpoint);
    return endpoint;
  };
  const list = (owner: string | null) => [...kept.values()].filter(({ userId }) => userId === owner);
  const give = (owner: string | null, id: string, maskedKey: string | null) => {
    const found = find(owner, id);
    if (found) put({ ...found, maskedKey });
  };
  return {
    give,
    list: async (owner) => list(owner),
    find: async (owner, id) => find(owner, id),
    add: async (owner, fields, countMax) =>
      list(owner).length >= countMax
        ? null
        : put({ ...fields, userId: owner, maskedKey: null, createdAt: new Date() }),
    async change(owner, id, change, { keepsKeys } = { keepsKeys: false }) {
      const found = find(owner, id);
      if (!found) return null;
      const isMoved = change.baseUrl !== undefined && change.baseUrl !== found.baseUrl;
      return put({ ...found, ...change, maskedKey: isMoved && !keepsKeys ? null : found.maskedKey });
    },
    async forgetKey(owner, id) {
      give(owner, id, null);
      return find(owner, id) !== null;
    },
    remove: async (owner, id) => find(owner, id) !== null && kept.delete(id),
  };
}
