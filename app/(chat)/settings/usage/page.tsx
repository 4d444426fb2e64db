import { services } from "@/app/_server/services";
import { toldStanding } from "@/app/_server/told-standing";
import { actorOrSignIn } from "@/app/(chat)/actor-of-request";
import { Section, SettingsPage } from "@/app/(chat)/settings/settings-page";
import { t } from "@/lib/i18n/usage-translator";
import { budgetOwners } from "@/lib/usage/usage-source";
import { BudgetForm } from "./budget-form";
import { StandingBar } from "./standing-bar";
import { UsageView } from "./usage-view";

export default async function UsagePage() {
  const actor = await actorOrSignIn("/settings/usage");
  const { usage, preferences } = services();
  const [{ budget }, everybody, standings] = await Promise.all([
    preferences.get(actor),
    actor.isAdministrator ? preferences.getInstallation(actor) : null,
    usage.standings(actor.userId),
  ]);
  const [own, allowed, allowedGuests] = budgetOwners.map((name) => {
    const standing = standings.find(({ whose }) => whose === name);
    return standing && standing.limitMicros !== null ? toldStanding(standing) : null;
  });
  return (
    <SettingsPage title={t("usage.title")}>
      <Section title={t("usage.spent")} text={t("usage.spentText")}>
        <UsageView scope="own" />
      </Section>
      <Section title={t("budget.own")} text={t("budget.ownText")}>
        {own && <StandingBar standing={own} />}
        <BudgetForm whose="person" budget={budget} />
      </Section>
      {allowed && (
        <Section title={t("budget.allowed")}>
          <StandingBar standing={allowed} />
        </Section>
      )}
      {allowedGuests && (
        <Section title={t("budget.allowedGuests")}>
          <StandingBar standing={allowedGuests} />
        </Section>
      )}
      {everybody && (
        <>
          <Section title={t("usage.everybody")} text={t("usage.everybodyText")}>
            <UsageView scope="installation" />
          </Section>
          <Section title={t("budget.everybody")} text={t("budget.everybodyText")}>
            <BudgetForm whose="installation" budget={everybody.budget} />
          </Section>
          <Section title={t("budget.guests")} text={t("budget.guestsText")}>
            <BudgetForm
              whose="guests"
              budget={everybody.guestsBudget ?? { ...everybody.budget, limitMicros: null }}
            />
          </Section>
        </>
      )}
    </SettingsPage>
  );
}
