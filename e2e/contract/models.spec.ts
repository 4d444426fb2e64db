import { ask, failureIn } from "@/e2e/ask";
import { callsOf, expect, test } from "@/e2e/fixtures";
import { type Person, signInAsGuest, signUp } from "@/e2e/person";
import { readStream } from "@/e2e/read-stream";
import { listModels } from "@/lib/api/models";
import {
  changeInstallation,
  changeModels,
  changeSettings,
  getInstallation,
  getSettings,
} from "@/lib/api/settings";

test("the catalogue says what models take and cost, and is searched, filtered and sorted", async ({
  person,
}) => {
  const { items, defaultModel, providers } = await person.call(listModels);
  expect(defaultModel).toBe("scripted/burst");
  expect(providers).toEqual([
    { id: "openrouter", name: "OpenRouter", readAt: expect.any(String), failure: null },
  ]);
  expect(items.find(({ id }) => id === "openai/gpt-5-mini")).toMatchObject({
    inputPrice: 0.25,
    outputPrice: 2,
    cachedInputPrice: 0.025,
    contextLength: 400_000,
    maxOutputTokens: 128_000,
    reasoningEfforts: ["low", "medium", "high"],
    availability: { status: "available" },
  });
  const idsOf = async (query: Record<string, string | boolean>) =>
    (await person.call(listModels, { query })).items.map(({ id }) => id);
  expect(await idsOf({ q: "gpt mini" })).toEqual(["openai/gpt-5-mini"]);
  expect(await idsOf({ vision: true, sort: "price" })).toEqual([
    "openai/gpt-5-mini",
    "google/gemini-2.5-flash-image",
    "anthropic/claude-opus-4.1",
  ]);
  expect(await idsOf({ free: true, reasoning: true })).toEqual(["deepseek/deepseek-r1-0528:free"]);
  expect((await person.request("GET", "/api/models?sort=best")).status).toBe(400);
});

test("what a person sets is theirs, each capability as a whole", async ({ app, person }) => {
  const stranger = await signInAsGuest(app.url);
  const models = { defaultModel: "scripted/echo", favourites: ["openai/gpt-5-mini"] };
  await person.call(changeSettings, { body: { models } });
  await person.call(changeSettings, { body: { budget: { limitMicros: 5 } } });
  expect(await person.call(getSettings)).toMatchObject({
    models: { ...models, recent: [] },
    budget: { limitMicros: 5 },
  });
  expect(await stranger.call(getSettings)).toMatchObject({ models: { defaultModel: null, favourites: [] } });

  const seen = await person.call(listModels);
  expect(seen).toMatchObject({ defaultModel: "scripted/echo", installationDefault: "scripted/burst" });
  expect(seen.items.filter(({ isFavourite }) => isFavourite).map(({ id }) => id)).toEqual([
    "openai/gpt-5-mini",
  ]);
  expect((await stranger.call(listModels)).defaultModel).toBe("scripted/burst");
  for (const body of [{}, { models: { favourites: "all" } }, { unknown: {} }, { keys: {} }]) {
    expect((await person.request("PATCH", "/api/settings", { body })).status, JSON.stringify(body)).toBe(400);
  }
});

test("favourites that are added and removed at once are all kept, each its person's", async ({
  app,
  person,
}) => {
  const stranger = await signInAsGuest(app.url);
  await person.call(changeModels, { body: { addFavourite: "a/gone" } });
  await Promise.all([
    ...["a/one", "b/two", "c/three"].map((id) => person.call(changeModels, { body: { addFavourite: id } })),
    person.call(changeModels, { body: { removeFavourite: "a/gone" } }),
    person.call(changeModels, { body: { chosen: "a/one", defaultModel: "scripted/echo" } }),
  ]);
  const { models } = await person.call(getSettings);
  expect(models.favourites.toSorted()).toEqual(["a/one", "b/two", "c/three"]);
  expect(models).toMatchObject({ defaultModel: "scripted/echo", recent: ["a/one"] });
  expect((await stranger.call(getSettings)).models.favourites).toEqual([]);
  for (const body of [{}, { addFavourite: "" }, { favourites: ["a/one"] }, { addFavourite: null }]) {
    const refused = await person.request("PATCH", "/api/settings/models", { body });
    expect(refused.status, JSON.stringify(body)).toBe(400);
  }
});

test("a person's default answers their new chats", async ({ model, person }) => {
  await person.call(changeSettings, { body: { models: { defaultModel: "scripted/echo" } } });
  const { chatId, response } = await ask(person, "Hello");
  await readStream(response);
  expect(callsOf(model, chatId)[0]?.model).toBe("scripted/echo");
});

test("the administrator alone sets what counts for everybody", async ({ ownApp }) => {
  const administrator = await signUp(ownApp.url);
  const member = await signUp(ownApp.url);
  for (const stranger of [member, await signInAsGuest(ownApp.url)]) {
    for (const [method, body] of [
      ["GET", undefined],
      ["PATCH", { keys: {} }],
    ] as const) {
      const refused = await stranger.request(method, "/api/installation", { body });
      expect(await failureIn(refused)).toMatchObject({ status: 403, type: "forbidden" });
    }
  }
  await administrator.call(changeInstallation, { body: { keys: { privateHosts: ["10.0.0.0/8"] } } });
  expect(await administrator.call(getInstallation)).toMatchObject({
    keys: { privateHosts: ["10.0.0.0/8"], installationKeys: "everyone", personalEndpoints: true },
  });
});

test("a model is sent what it takes and no more, and a name for the person that tells nothing", async ({
  app,
  model,
  person,
}) => {
  const settings = {
    temperature: 0.5,
    seed: 7,
    reasoningEffort: "xhigh",
    routing: {
      sort: "price",
      only: ["scripted"],
      zeroDataRetention: true,
      fallbackModels: ["scripted/echo"],
    },
  };
  const bodies: Record<string, unknown>[] = [];
  const askAs = async (somebody: Person, chosen: string) => {
    const { chatId, response } = await ask(somebody, "Hello [[tokens=2]]", {
      model: chosen,
      body: { settings },
    });
    await readStream(response);
    bodies.push(callsOf(model, chatId)[0]?.body as Record<string, unknown>);
  };
  await askAs(person, "scripted/burst");
  await askAs(person, "openai/gpt-5-mini");
  await askAs(await signInAsGuest(app.url), "scripted/burst");
  const [plain, reasoning, strangers] = bodies;
  expect(plain).toMatchObject({
    temperature: 0.5,
    seed: 7,
    provider: { sort: "price", only: ["scripted"], zdr: true },
    models: ["scripted/burst", "scripted/echo"],
  });
  // One does not reason, the other not as hard.
  for (const body of [plain, reasoning]) expect(body).not.toHaveProperty("reasoning");
  expect(plain?.user).toMatch(/^[\w-]{43}$/);
  expect(reasoning?.user).toBe(plain?.user);
  expect(strangers?.user).not.toBe(plain?.user);
});
