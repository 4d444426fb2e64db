import { expect, test } from "vitest";
import { createGuestMove } from "@/db/guest-move";
import { moveGuestSettings } from "@/db/move-guest-settings";
import { user } from "@/db/schema/accounts";
import { createSettingsStore } from "@/db/settings-store";
import { forEachEngine } from "@/db/testing/engines";
import { modelPreferencesSchema } from "@/lib/models/model-preferences";

const models = modelPreferencesSchema.parse({ favourites: ["a/one"] });
const budget = { limitMicros: 5, period: "day" } as const;

forEachEngine((engine) => {
  test.each([
    ["nothing", {}],
    ["a budget", { budget: { limitMicros: 7, period: "week" } as const }],
  ])("who set %s in an account keeps that, and the rest comes from the guest", async (_, own) => {
    for (const [id, isAnonymous] of [
      ["guest", true],
      ["ada", false],
    ] as const) {
      await engine.db.insert(user).values({ id, name: id, email: `${id}@example.org`, isAnonymous });
    }
    const settings = createSettingsStore(engine.db);
    await settings.changePerson("guest", { models, budget });
    await settings.changePerson("ada", own);
    await createGuestMove(engine.db, moveGuestSettings)("guest", "ada");
    expect(await settings.ofPerson("ada")).toMatchObject({ models, budget, ...own });
  });

  test("a guest who has set nothing leaves the account as it is", async () => {
    for (const [id, isAnonymous] of [
      ["guest", true],
      ["ada", false],
    ] as const) {
      await engine.db.insert(user).values({ id, name: id, email: `${id}@example.org`, isAnonymous });
    }
    const settings = createSettingsStore(engine.db);
    await settings.changePerson("ada", { budget });
    await createGuestMove(engine.db, moveGuestSettings)("guest", "ada");
    expect(await settings.ofPerson("ada")).toMatchObject({ budget, models: { favourites: [] } });
  });
});
