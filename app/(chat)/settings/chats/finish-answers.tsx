"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { authClient } from "@/app/_client/person/auth-client";
import { Switch } from "@/app/_ui/switch";
import { showToast } from "@/app/_ui/toasts";
import { t } from "@/lib/i18n/settings-translator";

/** Whether another server goes on with an answer whose server failed, at the person's cost. */
export function FinishAnswers({ isOn }: { isOn: boolean }) {
  const router = useRouter();
  const [chosen, setChosen] = useState<boolean | null>(null);

  async function choose(finishAnswers: boolean) {
    setChosen(finishAnswers);
    const { error } = await authClient.updateUser({ finishAnswers }).catch((cause) => ({ error: cause }));
    if (error) {
      setChosen(null);
      return showToast(t("user.notSaved"));
    }
    router.refresh();
  }

  return (
    <Switch
      label={t("user.finishAnswers")}
      hint={t("settings.finishAnswersHint")}
      checked={chosen ?? isOn}
      onChange={choose}
    />
  );
}
