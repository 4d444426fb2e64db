import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { createCatalogueStore } from "@/db/catalogue-store";
import { endpoint } from "@/db/schema/vault";
import { forEachEngine } from "@/db/testing/engines";
import { plainModel } from "@/lib/models/catalogue";

const one = plainModel({ id: "a/one", provider: "openrouter" });
const two = plainModel({ id: "b/two", provider: "openrouter" });

forEachEngine((engine) => {
  test("a list is there as it was last read, each by its own name", async () => {
    const store = createCatalogueStore(engine.db);
    expect(await store.get("openrouter https://a.example")).toBeNull();
    await store.keep("openrouter https://a.example", { models: [one], readAt: new Date(1_000) }, null);
    await store.keep("openrouter https://a.example", { models: [two], readAt: new Date(2_000) }, null);
    await store.keep("openrouter https://a.example", { models: [one], readAt: new Date(1_500) }, null);
    expect(await store.get("openrouter https://a.example")).toEqual({
      models: [two],
      readAt: new Date(2_000),
    });
    expect(await store.get("openrouter https://b.example")).toBeNull();
  });

  test("what another version has written is as if it were not there", async () => {
    const store = createCatalogueStore(engine.db);
    await store.keep("openrouter", { models: [one], readAt: new Date() }, null);
    await engine.db.execute(sql`update model_catalogue set models = '[{"id": "a/one"}]'`);
    expect(await store.get("openrouter")).toBeNull();
  });

  test("an endpoint's list goes with the endpoint", async () => {
    const store = createCatalogueStore(engine.db);
    await engine.db.insert(endpoint).values({ id: "ep_home", name: "Home", baseUrl: "https://a.example" });
    await store.keep("ep_home https://a.example", { models: [one], readAt: new Date() }, "ep_home");
    await engine.db.delete(endpoint);
    expect(await store.get("ep_home https://a.example")).toBeNull();
  });
});
