"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { mutate } from "swr/whole";
import { api } from "@/app/_client/api";
import { toFailure } from "@/app/_client/chat-failure";
import { Button } from "@/app/_ui/button";
import { TextArea } from "@/app/_ui/text-area";
import { showToast } from "@/app/_ui/toasts";
import { changeInstallation } from "@/lib/api/settings";
import { t } from "@/lib/i18n/model-settings-translator";
import type { StatedPrice } from "@/lib/models/stated-price";
import { priceLine, pricesIn } from "./price-lines";

/** What the models of the OpenAI key cost, which nobody but the administrator can say. */
export function PriceForm({ prices }: { prices: readonly StatedPrice[] }) {
  const router = useRouter();
  const [text, setText] = useState(() => prices.map(priceLine).join("\n"));
  const [step, setStep] = useState<"idle" | "pending" | "wrong">("idle");

  async function save(event: FormEvent) {
    event.preventDefault();
    const stated = pricesIn(text);
    if (stated === null) return setStep("wrong");
    setStep("pending");
    try {
      await api(changeInstallation, { body: { prices: stated } });
      showToast(t("prices.saved"));
      void mutate("models");
      router.refresh();
    } catch (cause) {
      showToast(toFailure(cause).message);
    }
    setStep("idle");
  }

  return (
    <form method="post" onSubmit={save} className="grid max-w-lg gap-4" noValidate>
      <TextArea
        label={t("endpoint.prices")}
        hint={t("endpoint.pricesHint")}
        problem={step === "wrong" ? t("endpoint.pricesWrong") : null}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          setStep("idle");
        }}
        rows={2}
        spellCheck={false}
      />
      <Button type="submit" className="justify-self-start" aria-disabled={step === "pending"}>
        {t(step === "pending" ? "state.working" : "action.save")}
      </Button>
    </form>
  );
}
