import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { installation } from "@/db/schema/installation";
import { createSettingsStore } from "@/db/settings-store";
import { forEachEngine } from "@/db/testing/engines";
import { ada, bob, setUpStreaming } from "@/db/testing/streaming-core";
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
