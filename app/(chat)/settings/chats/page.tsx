import { FollowChoice, SendWithChoice } from "@/app/_chat/preference-choice";
import { services } from "@/app/_server/services";
import { actorOrSignIn } from "@/app/(chat)/actor-of-request";
import { Section, SettingsPage } from "@/app/(chat)/settings/settings-page";
import { t } from "@/lib/i18n/settings-translator";
import { FinishAnswers } from "./finish-answers";

export default async function ChatsPage() {
  const actor = await actorOrSignIn("/settings/chats");
  const { finishAnswers } = await services().accounts.get(actor);
  return (
    <SettingsPage title={t("settings.chats")}>
      <Section title={t("settings.writing")} text={t("settings.writingText")}>
        <div className="grid max-w-lg gap-5">
          <SendWithChoice />
        </div>
      </Section>
      <Section title={t("settings.reading")} text={t("settings.readingText")}>
        <div className="grid max-w-lg gap-5">
          <FollowChoice />
        </div>
      </Section>
      <Section title={t("settings.answers")}>
        <div className="max-w-lg">
          <FinishAnswers isOn={finishAnswers} />
        </div>
      </Section>
    </SettingsPage>
  );
}
