import { expect, test } from "vitest";
import { type Catalogue, type ListedModel, plainModel } from "./catalogue";
import { lostModel } from "./lost-model";

test("a model that its provider no longer lists is lost, with the nearest in its place", () => {
  const seen = catalogue(["deepseek/deepseek-r1:free", "openai/gpt-5"]);
  expect(lostModel("deepseek/deepseek-r1:free", seen)).toBeNull();
  expect(lostModel("deepseek/deepseek-r1-0528:free", seen)).toMatchObject({
    reason: "not_listed",
    replacement: { id: "deepseek/deepseek-r1:free" },
  });
});

test("where nothing is near, the default answers", () => {
  expect(lostModel("somebody/oddity", catalogue(["a/one", "openai/gpt-5"], "openai/gpt-5"))).toMatchObject({
    replacement: { id: "openai/gpt-5" },
  });
});

test("while the provider's list cannot be read, nothing is said to be lost", () => {
  const unread = { ...catalogue([]), providers: [provider("openrouter", null)] };
  expect(lostModel("a/one", unread)).toBeNull();
});

test("a model of an endpoint is lost with the endpoint, not while that is away", () => {
  const seen = catalogue(["a/one"]);
  expect(lostModel("ep_home/llama", seen)).toMatchObject({ reason: "not_listed" });
  const away = { ...seen, providers: [...seen.providers, provider("ep_home", null)] };
  expect(lostModel("ep_home/llama", away)).toBeNull();
});

test("without a key it is the key that is missing", () => {
  const offline = {
    ...catalogue(["parley/offline"]),
    providers: [provider("offline", "2026-01-01T00:00:00.000Z")],
  };
  expect(lostModel("openai/gpt-5", offline)).toMatchObject({ reason: "key_missing" });
});

function catalogue(ids: readonly string[], defaultModel = ids[0] ?? ""): Catalogue {
  return {
    items: ids.map(
      (id): ListedModel => ({
        ...plainModel({ id, provider: "openrouter" }),
        isDefault: id === defaultModel,
        isFavourite: false,
        recentRank: null,
        availability: { status: "available" },
      }),
    ),
    defaultModel,
    installationDefault: defaultModel,
    providers: [provider("openrouter", "2026-01-01T00:00:00.000Z")],
  };
}

function provider(id: string, readAt: string | null) {
  return { id, name: id, readAt, failure: null };
}
