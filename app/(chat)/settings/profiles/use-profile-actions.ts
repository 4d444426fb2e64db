"use client";

import { useRouter } from "next/navigation";
import { api } from "@/app/_client/api";
import { toFailure } from "@/app/_client/chat-failure";
import { showToast } from "@/app/_ui/toasts";
import { changeProfile, createProfile, deleteProfile } from "@/lib/api/profiles";
import { t } from "@/lib/i18n/characters-translator";

interface ProfileTexts {
  name: string;
  description: string;
}

/** Each gives whether it was done; what went wrong has been told by then. */
export function useProfileActions() {
  const router = useRouter();

  async function run(act: () => Promise<unknown>, told: string): Promise<boolean> {
    try {
      await act();
      showToast(told);
      router.refresh();
      return true;
    } catch (cause) {
      showToast(toFailure(cause).message);
      return false;
    }
  }

  return {
    create: (texts: ProfileTexts) => run(() => api(createProfile, { body: texts }), t("profiles.saved")),
    change: (profileId: string, change: Partial<ProfileTexts> & { isDefault?: boolean }) =>
      run(() => api(changeProfile, { params: { profileId }, body: change }), t("profiles.saved")),
    remove: (profileId: string) =>
      run(() => api(deleteProfile, { params: { profileId } }), t("profiles.deleted")),
  };
}
