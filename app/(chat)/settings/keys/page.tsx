import { CircleAlert, CircleCheck } from "lucide-react";
import { services } from "@/app/_server/services";
import { Alert } from "@/app/_ui/alert";
import { actorOrSignIn } from "@/app/(chat)/actor-of-request";
import { Section, SettingsPage } from "@/app/(chat)/settings/settings-page";
import { connectOutcomes, type KeyScope, type ListedKeyPlace, type StoredKey } from "@/lib/api/keys";
import { t } from "@/lib/i18n/keys-translator";
import { AccessChoice } from "./access-choice";
import { KeyCard } from "./key-card";
import { KeysRefresh } from "./keys-refresh";
import { Reseal } from "./reseal";

export default async function KeysPage({
  searchParams,
}: {
  searchParams: Promise<{ connect?: string | string[] }>;
}) {
  const actor = await actorOrSignIn("/settings/keys");
  const { vault, preferences } = services();
  const [{ items, providers }, installation, { connect }] = await Promise.all([
    vault.list(actor),
    actor.isAdministrator ? preferences.getInstallation(actor) : null,
    searchParams,
  ]);
  const now = Date.now();
  const keysOf = (scope: KeyScope) => <Keys scope={scope} items={items} places={providers} now={now} />;
  return (
    <SettingsPage title={t("keys.title")}>
      <KeysRefresh />
      <Outcome of={connect} />
      <Section title={t("keys.own")} text={t("keys.ownText")}>
        {keysOf("person")}
      </Section>
      {installation && (
        <>
          <Section title={t("keys.installation")} text={t("keys.installationText")}>
            {keysOf("installation")}
            <div className="mt-6 max-w-lg">
              <AccessChoice access={installation.keys} />
            </div>
          </Section>
          <Section title={t("keys.reseal")} text={t("keys.resealText")}>
            <Reseal />
          </Section>
        </>
      )}
    </SettingsPage>
  );
}

interface KeysProps {
  scope: KeyScope;
  items: readonly StoredKey[];
  places: readonly ListedKeyPlace[];
  now: number;
}

function Keys({ scope, items, places, now }: KeysProps) {
  return (
    <ul className="grid grid-cols-1 gap-4">
      {places.map((place) => (
        <li key={place.provider}>
          <KeyCard
            place={place}
            scope={scope}
            stored={items.find((key) => key.scope === scope && key.provider === place.provider) ?? null}
            now={now}
          />
        </li>
      ))}
    </ul>
  );
}

function Outcome({ of }: { of: string | string[] | undefined }) {
  const outcome = connectOutcomes.find((known) => known === of);
  if (!outcome) return null;
  const isGood = outcome === "connected";
  return (
    <Alert tone={isGood ? "info" : "warn"} icon={isGood ? CircleCheck : CircleAlert} isUrgent>
      {t(`keys.outcome.${outcome}`)}
    </Alert>
  );
}
