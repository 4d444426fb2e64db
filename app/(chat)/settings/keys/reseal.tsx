"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { api } from "@/app/_client/api";
import { toFailure } from "@/app/_client/chat-failure";
import { Button } from "@/app/_ui/button";
import { resealKeys } from "@/lib/api/keys";
import { t } from "@/lib/i18n/keys-translator";

/** For the administrator, after the encryption key was changed. */
export function Reseal() {
  const router = useRouter();
  const [isPending, setPending] = useState(false);
  const [outcome, setOutcome] = useState("");

  async function reseal() {
    setPending(true);
    setOutcome("");
    try {
      const { resealed, unreadable } = await api(resealKeys);
      const done = resealed === 0 ? t("keys.resealedNone") : t("keys.resealed", { count: resealed });
      const lost = unreadable === 0 ? "" : t("keys.resealedUnreadable", { count: unreadable });
      setOutcome(resealed === 0 && lost !== "" ? lost : [done, lost].filter(Boolean).join(" "));
      router.refresh();
    } catch (cause) {
      setOutcome(toFailure(cause).message);
    }
    setPending(false);
  }

  return (
    <div className="flex flex-wrap items-center gap-4">
      <Button aria-disabled={isPending} onClick={isPending ? undefined : reseal}>
        {isPending ? t("state.working") : t("keys.resealNow")}
      </Button>
      <output className="text-sm text-ink-soft">{outcome}</output>
    </div>
  );
}
