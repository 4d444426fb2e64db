import { services } from "@/app/_server/services";
import { actorOrSignIn } from "@/app/(chat)/actor-of-request";
import { Section, SettingsPage } from "@/app/(chat)/settings/settings-page";
import { t } from "@/lib/i18n/prompt-translator";
import { ContextForm } from "./context-form";
import { EverybodyForm } from "./everybody-form";
import { PromptForm } from "./prompt-form";

export default async function PromptPage() {
  const actor = await actorOrSignIn("/settings/prompt");
  const { preferences } = services();
  const [settings, installation] = await Promise.all([
    preferences.get(actor),
    preferences.current.ofInstallation(),
  ]);
  return (
    <SettingsPage title={t("prompt.settings")}>
      <Section title={t("prompt.sections")} text={t("prompt.sectionsText")}>
        <PromptForm settings={settings.prompt} installation={installation.prompt} />
      </Section>
      <div id="context">
        <Section title={t("prompt.context")} text={t("prompt.contextText")}>
          <ContextForm settings={settings.context} />
        </Section>
      </div>
      {actor.isAdministrator && (
        <Section title={t("prompt.everybody")} text={t("prompt.everybodyText")}>
          <EverybodyForm settings={installation.prompt} />
        </Section>
      )}
    </SettingsPage>
  );
}
