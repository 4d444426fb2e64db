import type { z } from "zod";
import type { Actor } from "@/lib/accounts/actor";
import type { changeInstallation, changeSettings } from "@/lib/api/settings";
import { AppError } from "@/lib/errors/app-error";
import type { Bus } from "@/lib/events/bus";
import { createRemembered } from "@/lib/events/remembered";
import type { ModelPreferences, ModelPreferencesChange } from "@/lib/models/model-preferences";
import type { InstallationSettings, PersonSettings } from "./settings";
import type { SettingsStore } from "./settings-store";

/** For whatever is needed with each question: what was read a moment ago, and again once it has changed. */
export interface CurrentSettings {
  ofPerson(userId: string): Promise<PersonSettings>;
  ofInstallation(): Promise<InstallationSettings>;
}

export type SettingsKeeper = ReturnType<typeof createSettingsKeeper>;

/** What a person sets for themselves, and the administrator for everybody: others get `forbidden`. */
export function createSettingsKeeper({ store, bus }: { store: SettingsStore; bus: Bus }) {
  const persons = createRemembered({
    bus,
    topicOf: (userId) => `settings:${userId}`,
    read: store.ofPerson,
  });
  const installation = createRemembered({
    bus,
    topicOf: (name) => `settings:${name}`,
    read: store.ofInstallation,
  });

  return {
    current: {
      ofPerson: persons.get,
      ofInstallation: () => installation.get("installation"),
    } satisfies CurrentSettings,

    /** For whoever has changed them in another way. */
    changed: persons.change,

    get: (actor: Actor) => store.ofPerson(actor.userId),

    async change(actor: Actor, change: z.output<typeof changeSettings.body>): Promise<PersonSettings> {
      const changed = await store.changePerson(actor.userId, change);
      persons.change(actor.userId);
      return changed;
    },

    async changeModels(actor: Actor, change: ModelPreferencesChange): Promise<ModelPreferences> {
      const changed = await store.changeModels(actor.userId, change);
      persons.change(actor.userId);
      return changed;
    },

    async getInstallation(actor: Actor): Promise<InstallationSettings> {
      requireAdministrator(actor);
      return store.ofInstallation();
    },

    async changeInstallation(
      actor: Actor,
      change: z.output<typeof changeInstallation.body>,
    ): Promise<InstallationSettings> {
      requireAdministrator(actor);
      const changed = await store.changeInstallation(change);
      installation.change("installation");
      return changed;
    },
  };
}

function requireAdministrator({ isAdministrator }: Actor): void {
  if (!isAdministrator) throw new AppError("forbidden", "only the administrator sets this");
}
