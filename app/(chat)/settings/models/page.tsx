import { services } from "@/app/_server/services";
import { actorOrSignIn } from "@/app/(chat)/actor-of-request";
import { Section, SettingsPage } from "@/app/(chat)/settings/settings-page";
import { t } from "@/lib/i18n/model-settings-translator";
import { DefaultModel } from "./default-model";
import { EndpointAccess } from "./endpoint-access";
import { EndpointList } from "./endpoint-list";
import { FavouriteModels } from "./favourite-models";
import { PriceForm } from "./price-form";

export default async function ModelsPage() {
  const actor = await actorOrSignIn("/settings/models");
  const { endpoints, preferences } = services();
  const [{ items, mayAdd }, { models }, installation] = await Promise.all([
    endpoints.list(actor),
    preferences.get(actor),
    actor.isAdministrator ? preferences.getInstallation(actor) : null,
  ]);
  const own = items.filter(({ scope }) => scope === "person");
  const shared = items.filter(({ scope }) => scope === "installation");
  return (
    <SettingsPage title={t("settings.models")}>
      <Section title={t("modelSettings.default")} text={t("modelSettings.defaultText")}>
        <DefaultModel own={models.defaultModel} />
      </Section>
      <Section title={t("modelSettings.favourites")} text={t("modelSettings.favouritesText")}>
        <FavouriteModels />
      </Section>
      <Section title={t("endpoint.own")} text={t("endpoint.ownText")}>
        {!mayAdd && own.length > 0 && (
          <p className="mb-3 text-sm text-ink-soft text-pretty">{t("endpoint.turnedOff")}</p>
        )}
        {mayAdd || own.length > 0 ? (
          <EndpointList
            scope="person"
            endpoints={own}
            mayAdd={mayAdd}
            isAdministrator={actor.isAdministrator}
          />
        ) : (
          <p className="text-sm text-ink-faint">{t(actor.isGuest ? "endpoint.guest" : "endpoint.off")}</p>
        )}
      </Section>
      {(actor.isAdministrator || shared.length > 0) && (
        <Section
          title={t("endpoint.shared")}
          text={t(actor.isAdministrator ? "endpoint.sharedText" : "endpoint.sharedByAdministrator")}
        >
          <EndpointList
            scope="installation"
            endpoints={shared}
            mayAdd={actor.isAdministrator}
            isAdministrator={actor.isAdministrator}
          />
        </Section>
      )}
      {installation && (
        <Section title={t("prices.openai")} text={t("prices.openaiText")}>
          <PriceForm prices={installation.prices} />
        </Section>
      )}
      {installation && (
        <Section title={t("endpoint.access")} text={t("endpoint.accessText")}>
          <EndpointAccess key={installation.keys.privateHosts.join()} access={installation.keys} />
        </Section>
      )}
    </SettingsPage>
  );
}
