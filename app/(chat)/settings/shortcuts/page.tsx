import { actorOrSignIn } from "@/app/(chat)/actor-of-request";
import { Section, SettingsPage } from "@/app/(chat)/settings/settings-page";
import { t } from "@/lib/i18n/translator";

export default async function ShortcutsPage() {
  await actorOrSignIn("/settings/shortcuts");
  return (
    <SettingsPage title={t("settings.shortcuts")}>
      <Section title={t("settings.shortcutsEverywhere")}>
        <Shortcuts shortcuts={[[t("sideBar.newChat"), "Ctrl Shift O"]]} />
      </Section>
      <Section title={t("settings.shortcutsComposer")} text={t("settings.shortcutsComposerText")}>
        <Shortcuts
          shortcuts={[
            [t("settings.shortcutSend"), "Enter"],
            [t("settings.shortcutSendAnyway"), "Ctrl Enter"],
            [t("settings.shortcutNewLine"), "Shift Enter"],
          ]}
        />
      </Section>
    </SettingsPage>
  );
}

function Shortcuts({ shortcuts }: { shortcuts: readonly (readonly [name: string, keys: string])[] }) {
  return (
    <dl className="max-w-lg divide-y divide-line rounded-lg border border-line text-sm">
      {shortcuts.map(([name, keys]) => (
        <div key={name} className="flex items-center gap-4 px-4 py-2.5">
          <dt className="flex-1">{name}</dt>
          <dd>
            <kbd className="font-sans text-ink-soft">{keys}</kbd>
          </dd>
        </div>
      ))}
    </dl>
  );
}
