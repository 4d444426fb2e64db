import { actorOrSignIn } from "@/app/(chat)/actor-of-request";
import { Section, SettingsPage } from "@/app/(chat)/settings/settings-page";
import { t } from "@/lib/i18n/settings-translator";
import { LanguageChoice } from "./language-choice";
import { DensityChoice, TextSizeChoice, ThemeChoice } from "./look-choices";

export default async function AppearancePage() {
  await actorOrSignIn("/settings/appearance");
  return (
    <SettingsPage title={t("settings.appearance")}>
      <Section title={t("settings.look")} text={t("settings.lookText")}>
        <div className="grid max-w-lg gap-5">
          <ThemeChoice />
          <TextSizeChoice />
          <DensityChoice />
        </div>
      </Section>
      <Section title={t("settings.motion")} text={t("settings.motionText")} />
      <Section title={t("settings.language")} text={t("settings.languageText")}>
        <LanguageChoice />
      </Section>
    </SettingsPage>
  );
}
