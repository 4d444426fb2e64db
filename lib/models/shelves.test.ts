import { expect, test } from "vitest";
import { AppError } from "@/lib/errors/app-error";
import { plainModel } from "./catalogue";
import type { CatalogueStore, KeptCatalogue } from "./catalogue-store";
import type { ModelKey } from "./key-ring";
import { createShelves } from "./shelves";
import { sourceOf } from "./testing/source-of";

const minute = 60_000;

test("a list that was read once goes on serving while the provider is down, and says so", async () => {
  const { shelves, source, provider, wait } = setUp();
  await shelves.stocked(source, null);
  provider.answer = new AppError("provider_unavailable", "down");
  wait(60 * minute);
  await shelves.stocked(source, null);
  const shelf = await settled(shelves.stocked(source, null));
  expect(shelf).toMatchObject({ failure: "provider_unavailable", readAt: new Date(0) });
  expect(idsOf(shelf)).toEqual(["a/one"]);
  wait(minute);
  provider.answer = ["b/two"];
  await settled(shelves.stocked(source, null));
  expect(idsOf(await shelves.stocked(source, null))).toEqual(["b/two"]);
  expect((await shelves.stocked(source, null)).failure).toBeNull();
});

test("a list is read once for everybody, and again after a while, behind whoever asks", async () => {
  const { shelves, source, provider, wait } = setUp();
  await Promise.all([shelves.stocked(source, key("ada")), shelves.stocked(source, key("bob"))]);
  expect(provider.reads).toBe(1);
  wait(11 * minute);
  provider.answer = ["b/two"];
  const gate = Promise.withResolvers<void>();
  provider.gate = gate.promise;
  expect(idsOf(await shelves.stocked(source, key("ada")))).toEqual(["a/one"]);
  gate.resolve();
  await settled(shelves.stocked(source, key("bob")));
  expect(idsOf(await shelves.stocked(source, key("bob")))).toEqual(["b/two"]);
  expect(provider.reads).toBe(2);
});

test("where each key is shown its own models, nobody sees those of another's key", async () => {
  const { shelves, source, provider } = setUp();
  const own = { ...source, hasOneList: false };
  await shelves.stocked(own, key("ada"));
  provider.answer = ["bob/tuned"];
  expect(idsOf(await shelves.stocked(own, key("bob")))).toEqual(["bob/tuned"]);
  expect(idsOf(await shelves.stocked(own, key("ada")))).toEqual(["a/one"]);
});

test("a process that starts while the provider is down has the list from the one before", async () => {
  const { store, kept } = inMemory();
  const first = setUp(store);
  await first.shelves.stocked(first.source, null);
  const next = setUp(store);
  next.wait(24 * 60 * minute);
  next.provider.answer = new AppError("provider_unavailable", "down");
  const shelf = await next.shelves.stocked(next.source, null);
  expect(idsOf(shelf)).toEqual(["a/one"]);
  expect(shelf).toMatchObject({ readAt: new Date(0), failure: "provider_unavailable" });
  expect([...kept.keys()]).toEqual(["openrouter https://openrouter.example/v1"]);
});

test("a list that is still fresh is not asked for again by the next process", async () => {
  const { store } = inMemory();
  const first = setUp(store);
  await first.shelves.stocked(first.source, null);
  const next = setUp(store);
  await next.shelves.stocked(next.source, null);
  expect(next.provider.reads).toBe(0);
});

test("what a person's own key is shown is not kept", async () => {
  const { store, kept } = inMemory();
  const { shelves, source } = setUp(store);
  await shelves.stocked({ ...source, hasOneList: false }, key("ada"));
  expect(kept.size).toBe(0);
});

test("a store that is down costs nothing but the wait for the provider", async () => {
  const broken = () => Promise.reject(new AppError("unavailable", "down"));
  const { shelves, source } = setUp({ get: broken, keep: broken });
  expect(idsOf(await shelves.stocked(source, null))).toEqual(["a/one"]);
});

function setUp(store: CatalogueStore | null = null) {
  let now = 0;
  const provider = { answer: ["a/one"] as readonly string[] | AppError, reads: 0, gate: Promise.resolve() };
  const source = sourceOf({
    id: "openrouter",
    async *stream() {},
    async listModels() {
      provider.reads++;
      await provider.gate;
      if (provider.answer instanceof AppError) throw provider.answer;
      return provider.answer.map((id) => plainModel({ id, provider: "openrouter" }));
    },
    check: async () => {},
  });
  return {
    shelves: createShelves({ store, now: () => now }),
    source,
    provider,
    wait: (ms: number) => {
      now += ms;
    },
  };
}

function inMemory() {
  const kept = new Map<string, KeptCatalogue>();
  const store: CatalogueStore = {
    get: async (shelf) => kept.get(shelf) ?? null,
    async keep(shelf, catalogue) {
      kept.set(shelf, catalogue);
    },
  };
  return { store, kept };
}

function key(credentialId: string): ModelKey {
  return { apiKey: "sk-test", payer: "person", credentialId };
}

function idsOf({ models }: { models: readonly { id: string }[] | null }) {
  return models?.map(({ id }) => id);
}

/** What is read behind the one who asks is there when all that was begun has run. */
async function settled<T>(asked: Promise<T>): Promise<T> {
  const value = await asked;
  await new Promise((resolve) => setImmediate(resolve));
  return value;
}
