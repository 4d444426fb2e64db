import { findOutbox } from "@/app/_client/browser-outbox";
import { drafts } from "@/app/_client/drafts";
import { readingPlaces } from "@/app/_client/reading-places";
import { showToast } from "@/app/_ui/toasts";
import { t } from "@/lib/i18n/translator";

/** Ends with a fresh page: nothing of this person stays in memory. */
export async function signOut(): Promise<void> {
  const { authClient } = await import("@/app/_client/auth-client");
  const { error } = await authClient.signOut();
  if (error) return showToast(t("user.signOutFailed"));
  drafts.forgetAll();
  readingPlaces.forgetAll();
  await findOutbox()?.forgetAll().catch(goOnLeaving);
  window.location.assign("/sign-in");
}

/** What could not be removed is under a name that only this person's page opens. */
function goOnLeaving(): void {}
