import { beforeEach, expect, test } from "vitest";
import { createCatalogueStore } from "@/db/catalogue-store";
import { createEndpointStore } from "@/db/endpoint-store";
import { user } from "@/db/schema/accounts";
import { credential } from "@/db/schema/vault";
import { type Engine, forEachEngine } from "@/db/testing/engines";

const home = {
  id: "ep_home",
  name: "Home",
  baseUrl: "http://home.example/v1",
  models: ["llama"],
  prices: [{ model: "llama", inputPrice: 0.25, outputPrice: 2, contextLength: 8_192 }],
};

forEachEngine((engine) => {
  beforeEach(async () => {
    for (const id of ["ada", "bob"])
      await engine.db.insert(user).values({ id, name: id, email: `${id}@example.org` });
  });

  test("an endpoint is its owner's: for others it does not exist", async () => {
    const store = createEndpointStore(engine.db);
    expect(await store.add("ada", home, 20)).toMatchObject({ ...home, userId: "ada", maskedKey: null });
    for (const stranger of ["bob", null]) {
      expect(await store.list(stranger)).toEqual([]);
      expect(await store.find(stranger, home.id)).toBeNull();
      expect(await store.change(stranger, home.id, { name: "Mine" })).toBeNull();
      expect(await store.forgetKey(stranger, home.id)).toBe(false);
      expect(await store.remove(stranger, home.id)).toBe(false);
    }
    expect(await store.list("ada")).toMatchObject([home]);
    await store.add(null, { ...home, id: "ep_all" }, 20);
    expect(await store.list(null)).toMatchObject([{ id: "ep_all", userId: null }]);
  });

  test("of many that are added at once, no more are kept than there may be", async () => {
    const store = createEndpointStore(engine.db);
    const added = await Promise.all(
      Array.from({ length: 6 }, (_, index) => store.add("ada", { ...home, id: `ep_${index}` }, 3)),
    );
    expect(added.filter((each) => each !== null)).toHaveLength(3);
    expect(await store.list("ada")).toHaveLength(3);
  });

  test("with another address an endpoint loses its keys and its list; with another name it keeps them", async () => {
    const store = createEndpointStore(engine.db);
    const catalogues = createCatalogueStore(engine.db);
    await store.add("ada", home, 20);
    await seal(engine, "ada", home.id, home.baseUrl);
    await catalogues.keep(`ep_home ${home.baseUrl}`, { models: [], readAt: new Date() }, home.id);
    expect(await store.change("ada", home.id, { name: "At home", baseUrl: home.baseUrl })).toMatchObject({
      name: "At home",
      models: ["llama"],
      maskedKey: "sk-…ada",
    });
    expect(await store.change("ada", home.id, { baseUrl: "http://other.example/v1" })).toMatchObject({
      baseUrl: "http://other.example/v1",
      maskedKey: null,
    });
    expect(await engine.db.select().from(credential)).toEqual([]);
    expect(await catalogues.get(`ep_home ${home.baseUrl}`)).toBeNull();
  });

  test("a key that is kept over another address is shown again at the one that it was given for", async () => {
    const store = createEndpointStore(engine.db);
    await store.add("ada", home, 20);
    await seal(engine, "ada", home.id, home.baseUrl);
    const moved = await store.change(
      "ada",
      home.id,
      { baseUrl: "http://other.example" },
      { keepsKeys: true },
    );
    expect(moved).toMatchObject({ maskedKey: null });
    const back = await store.change("ada", home.id, { baseUrl: home.baseUrl }, { keepsKeys: true });
    expect(back).toMatchObject({ maskedKey: "sk-…ada" });
  });

  test("an endpoint that is removed takes its keys with it, and no others", async () => {
    const store = createEndpointStore(engine.db);
    await store.add("ada", home, 20);
    await seal(engine, "ada", home.id, home.baseUrl);
    await seal(engine, "ada", "openrouter", "https://openrouter.example");
    await store.add("ada", { ...home, id: "ep_other" }, 20);
    await seal(engine, "ada", "ep_other", home.baseUrl);
    expect(await store.forgetKey("ada", "ep_other")).toBe(true);
    expect(await store.remove("ada", home.id)).toBe(true);
    expect(await engine.db.select().from(credential)).toMatchObject([{ provider: "openrouter" }]);
  });

  test("the key that is shown is the owner's, and the one for this address", async () => {
    const store = createEndpointStore(engine.db);
    await store.add(null, home, 20);
    await seal(engine, "bob", home.id, home.baseUrl);
    expect(await store.find(null, home.id)).toMatchObject({ maskedKey: null });
    await seal(engine, null, home.id, "http://elsewhere.example/v1");
    expect(await store.find(null, home.id)).toMatchObject({ maskedKey: null });
    await engine.db.delete(credential);
    await seal(engine, null, home.id, home.baseUrl);
    expect(await store.find(null, home.id)).toMatchObject({ maskedKey: "sk-…all" });
  });
});

async function seal({ db }: Engine, userId: string | null, provider: string, baseUrl: string) {
  await db.insert(credential).values({
    id: `${provider} of ${userId}`,
    userId,
    provider,
    baseUrl,
    masterKeyId: "m",
    sealed: "s",
    masked: `sk-…${userId ?? "all"}`,
  });
}
