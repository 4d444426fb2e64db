"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { api } from "@/app/_client/api";
import { toFailure } from "@/app/_client/chat-failure";
import { Choice } from "@/app/_ui/choice";
import { showToast } from "@/app/_ui/toasts";
import { changeInstallation } from "@/lib/api/settings";
import { t } from "@/lib/i18n/keys-translator";
import { installationKeyUsers, type KeyAccess } from "@/lib/vault/key-access";

export function AccessChoice({ access }: { access: KeyAccess }) {
  const router = useRouter();
  const [chosen, setChosen] = useState(access.installationKeys);

  async function choose(installationKeys: KeyAccess["installationKeys"]) {
    const before = chosen;
    setChosen(installationKeys);
    try {
      await api(changeInstallation, { body: { keys: { ...access, installationKeys } } });
      showToast(t("keys.accessSaved"));
      router.refresh();
    } catch (cause) {
      setChosen(before);
      showToast(toFailure(cause).message);
    }
  }

  return (
    <>
      <Choice label={t("keys.access")} value={chosen} options={options} onChoose={choose} />
      <p className="mt-1.5 text-sm text-ink-soft text-pretty">{t("keys.accessText")}</p>
    </>
  );
}

const options = installationKeyUsers.map((value) => ({ value, label: t(`keys.access.${value}`) }));
