import { KeyboardNote } from "@/app/_chat/commands/keyboard-note";
import { ShortcutGroup } from "@/app/_chat/commands/shortcut-group";
import { SingleKeysChoice } from "@/app/_chat/preference-choice";
import { actorOrSignIn } from "@/app/(chat)/actor-of-request";
import { Section, SettingsPage } from "@/app/(chat)/settings/settings-page";
import { t } from "@/lib/i18n/settings-translator";

export default async function ShortcutsPage() {
  await actorOrSignIn("/settings/shortcuts");
  return (
    <SettingsPage title={t("settings.shortcuts")}>
      <div className="grid max-w-lg gap-6">
        <KeyboardNote />
        <ShortcutGroup group="everywhere" />
        <ShortcutGroup group="answer" />
        <ShortcutGroup group="composer" />
      </div>
      <Section title={t("settings.keys")} text={t("settings.keysText")}>
        <div className="max-w-lg">
          <SingleKeysChoice />
        </div>
      </Section>
    </SettingsPage>
  );
}
