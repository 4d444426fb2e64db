import { services } from "@/app/_server/services";
import { actorOrSignIn } from "@/app/(chat)/actor-of-request";
import { Section, SettingsPage } from "@/app/(chat)/settings/settings-page";
import { t } from "@/lib/i18n/characters-translator";
import { ProfileList } from "./profile-list";

export default async function ProfilesPage() {
  const actor = await actorOrSignIn("/settings/profiles");
  const { items } = await services().profiles.list(actor);
  return (
    <SettingsPage title={t("profiles.title")}>
      <Section title={t("profiles.own")} text={t("profiles.text")}>
        <ProfileList profiles={items} />
      </Section>
    </SettingsPage>
  );
}
