import { forgetPerson } from "@/app/_client/person/forget-person";
import { showToast } from "@/app/_ui/toasts";
import { t } from "@/lib/i18n/panel-translator";

/** Ends with a fresh page: nothing of this person stays in memory. */
export async function signOut(): Promise<void> {
  const { authClient } = await import("@/app/_client/person/auth-client");
  const { error } = await authClient.signOut();
  if (error) return showToast(t("user.signOutFailed"));
  await forgetPerson();
  window.location.assign("/sign-in");
}
