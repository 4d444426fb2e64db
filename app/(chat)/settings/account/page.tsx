import { UserRoundPlus } from "lucide-react";
import { headers } from "next/headers";
import Link from "next/link";
import { requireSession } from "@/app/_server/actor";
import { services } from "@/app/_server/services";
import { buttonClass } from "@/app/_ui/button";
import { actorOrSignIn } from "@/app/(chat)/actor-of-request";
import { Section, SettingsPage } from "@/app/(chat)/settings/settings-page";
import { t } from "@/lib/i18n/settings-translator";
import { DeleteAccount } from "./delete-account";
import { DeviceList } from "./device-list";
import { NameForm } from "./name-form";
import { PasswordForm } from "./password-form";

export default async function AccountPage() {
  const actor = await actorOrSignIn("/settings/account");
  const { accounts, settings } = services();
  const session = await requireSession(await headers());
  const [account, devices] = await Promise.all([
    accounts.get(actor),
    accounts.listDevices(actor, session.id),
  ]);
  return (
    <SettingsPage title={t("settings.account")}>
      {account.isGuest ? (
        <GuestSection canSignUp={settings.signUp === "open"} />
      ) : (
        <>
          <Section title={t("settings.profile")}>
            <NameForm name={account.name ?? ""} email={account.email ?? ""} />
          </Section>
          <Section title={t("settings.password")}>
            <PasswordForm email={account.email ?? ""} />
          </Section>
        </>
      )}
      <Section title={t("settings.devices")} text={t("settings.devicesText")}>
        <DeviceList devices={devices.items} now={Date.now()} />
      </Section>
      <Section
        title={t(account.isGuest ? "settings.deleteGuest" : "settings.deleteAccount")}
        text={t("settings.deleteText")}
      >
        <DeleteAccount
          isGuest={account.isGuest}
          isAdministrator={account.isAdministrator}
          chatCount={account.chatCount}
        />
      </Section>
    </SettingsPage>
  );
}

function GuestSection({ canSignUp }: { canSignUp: boolean }) {
  return (
    <Section
      title={t("settings.guest")}
      text={t(canSignUp ? "settings.guestText" : "signIn.guestHintClosed")}
    >
      {canSignUp && (
        <Link href="/sign-in?mode=create" className={buttonClass("primary")}>
          <UserRoundPlus aria-hidden className="size-4" />
          {t("user.keepChats")}
        </Link>
      )}
    </Section>
  );
}
