import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { installation } from "@/db/schema/installation";
import { createSettingsStore } from "@/db/settings-store";
import { forEachEngine } from "@/db/testing/engines";
import { ada, bob, setUpStreaming } from "@/db/testing/streaming-core";
import type { ModelPreferencesChange } from "@/lib/models/model-preferences";
import { promptSettingsSchema } from "@/lib/prompts/prompt-settings";

forEachEngine((engine) => {
  setUpStreaming(engine);

  test("who has set nothing has the defaults", async () => {
    const settings = createSettingsStore(engine.db);
    expect(await settings.ofPerson(ada.userId)).toMatchObject({
      models: { defaultModel: null, favourites: [] },
      prompt: { separator: "\n---\n", systemPrompt: "" },
      budget: { limitMicros: null, period: "month" },
    });
    expect(await settings.ofInstallation()).toMatchObject({ keys: { installationKeys: "everyone" } });
  });

  test("two devices that change different things at once keep both, and nobody else sees them", async () => {
    const settings = createSettingsStore(engine.db);
    const prompt = promptSettingsSchema.parse({ systemPrompt: "Be brief." });
    await Promise.all([
      settings.changePerson(ada.userId, { prompt }),
      settings.changePerson(ada.userId, { budget: { limitMicros: 5_000_000, period: "week" } }),
    ]);
    expect(await settings.ofPerson(ada.userId)).toMatchObject({
      prompt: { systemPrompt: "Be brief." },
      budget: { limitMicros: 5_000_000, period: "week" },
    });
    expect(await settings.ofPerson(bob.userId)).toMatchObject({ prompt: { systemPrompt: "" } });
  });

  test("devices that change what they have of models at once all keep their change", async () => {
    const settings = createSettingsStore(engine.db);
    const change = (wanted: ModelPreferencesChange) => settings.changeModels(ada.userId, wanted);
    await change({ addFavourite: "a/gone", defaultModel: "a/one" });
    await settings.changePerson(ada.userId, { budget: { limitMicros: 1, period: "day" } });
    await Promise.all([
      change({ addFavourite: "a/one" }),
      change({ addFavourite: "b/two" }),
      change({ removeFavourite: "a/gone" }),
      change({ chosen: "b/two" }),
      change({ chosen: "a/one" }),
    ]);
    const { models, budget } = await settings.ofPerson(ada.userId);
    expect(models.favourites.toSorted()).toEqual(["a/one", "b/two"]);
    expect(models.recent.toSorted()).toEqual(["a/one", "b/two"]);
    expect([models.defaultModel, budget.limitMicros]).toEqual(["a/one", 1]);
    expect(await settings.ofPerson(bob.userId)).toMatchObject({ models: { favourites: [], recent: [] } });
  });

  test("a favourite stands there once, the latest last, and the oldest of more than 200 goes", async () => {
    const settings = createSettingsStore(engine.db);
    const favourites = Array.from({ length: 200 }, (_, index) => `m/${index}`);
    const models = { defaultModel: null, favourites, recent: favourites.slice(0, 10) };
    await settings.changePerson(ada.userId, { models });
    const again = await settings.changeModels(ada.userId, { addFavourite: "m/5", chosen: "m/3" });
    expect(again.favourites).toEqual([...favourites.filter((id) => id !== "m/5"), "m/5"]);
    expect(again.recent).toEqual(["m/3", "m/0", "m/1", "m/2", "m/4", "m/5", "m/6", "m/7", "m/8", "m/9"]);
    const more = await settings.changeModels(ada.userId, { addFavourite: "n/new", chosen: "n/new" });
    expect([more.favourites.length, more.favourites[0], more.favourites.at(-1)]).toEqual([
      200,
      "m/1",
      "n/new",
    ]);
    expect([more.recent.length, more.recent[0]]).toEqual([10, "n/new"]);
    const none = await settings.changeModels(ada.userId, { removeFavourite: "m/1" });
    expect([none.favourites.length, none.favourites[0]]).toEqual([199, "m/2"]);
  });

  test("what another version has stored of models does not keep a favourite from being added", async () => {
    const settings = createSettingsStore(engine.db);
    await settings.changeModels(ada.userId, { chosen: "a/one" });
    for (const stored of ['{"models": 7}', '{"models": {"favourites": "none", "recent": null}}']) {
      await engine.db.execute(sql`update person_settings set settings = ${stored}::jsonb`);
      const changed = await settings.changeModels(ada.userId, { addFavourite: "a/one", chosen: "a/one" });
      expect(changed).toMatchObject({ favourites: ["a/one"], recent: ["a/one"] });
    }
  });

  test("a capability that cannot be read has its default, and the others stay", async () => {
    const settings = createSettingsStore(engine.db);
    await settings.changePerson(ada.userId, { budget: { limitMicros: 1, period: "day" } });
    await engine.db.execute(
      sql`update person_settings set settings = settings || '{"prompt": {"separator": 7}, "newer": true}'`,
    );
    expect(await settings.ofPerson(ada.userId)).toMatchObject({
      prompt: { separator: "\n---\n" },
      budget: { limitMicros: 1, period: "day" },
    });
  });

  test("the installation's settings need an administrator to have come", async () => {
    const settings = createSettingsStore(engine.db);
    const budget = { limitMicros: 2_000_000, period: "month" } as const;
    await expect(settings.changeInstallation({ budget })).rejects.toMatchObject({ type: "unavailable" });
    await engine.db.insert(installation).values({});
    await settings.changeInstallation({ budget });
    expect(await settings.ofInstallation()).toMatchObject({ budget });
  });
});
