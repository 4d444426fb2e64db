import type { ModelPreferences, ModelPreferencesChange } from "@/lib/models/model-preferences";
import type { InstallationSettings, PersonSettings } from "./settings";

/** Where settings are kept. What was stored by another version and does not fit any more reads as its default. */
export interface SettingsStore {
  ofPerson(userId: string): Promise<PersonSettings>;
  ofInstallation(): Promise<InstallationSettings>;

  /** Replaces the capabilities that are named, whole, and leaves the others as they are. */
  changePerson(userId: string, change: Partial<PersonSettings>): Promise<PersonSettings>;
  /** Changes only what is named, in one statement: of two changes at once both are kept. */
  changeModels(userId: string, change: ModelPreferencesChange): Promise<ModelPreferences>;
  /** As `changePerson`. Throws `unavailable` before the first administrator has signed up. */
  changeInstallation(change: Partial<InstallationSettings>): Promise<InstallationSettings>;
}
