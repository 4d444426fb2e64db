"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { api } from "@/app/_client/api";
import { Button } from "@/app/_ui/button";
import { Choice } from "@/app/_ui/choice";
import { Field } from "@/app/_ui/field";
import { changeInstallation, changeSettings } from "@/lib/api/settings";
import { t } from "@/lib/i18n/usage-translator";
import { type Budget, budgetPeriods } from "@/lib/usage/budget";
import type { BudgetOwner } from "@/lib/usage/usage-source";
import { amountOf, microsOf } from "./amount";

/** How much may be spent, and how often that begins anew. */
export function BudgetForm({ whose, budget }: { whose: BudgetOwner; budget: Budget }) {
  const isOfGuests = whose === "guests";
  const router = useRouter();
  const [amount, setAmount] = useState(() => amountOf(budget.limitMicros));
  const [period, setPeriod] = useState(budget.period);
  const [step, setStep] = useState<"idle" | "pending" | "saved" | "wrong" | "failed">("idle");

  async function save(event: FormEvent) {
    event.preventDefault();
    if (step === "pending") return;
    const limitMicros = microsOf(amount);
    if (limitMicros === undefined) return setStep("wrong");
    setStep("pending");
    try {
      const wanted = { limitMicros, period };
      if (isOfGuests)
        await api(changeInstallation, { body: { guestsBudget: limitMicros === null ? null : wanted } });
      else if (whose === "installation") await api(changeInstallation, { body: { budget: wanted } });
      else await api(changeSettings, { body: { budget: wanted } });
      setStep("saved");
      router.refresh();
    } catch {
      setStep("failed");
    }
  }

  return (
    <form method="post" onSubmit={save} className="grid max-w-lg gap-4" noValidate>
      <Field
        label={t("budget.amount")}
        hint={t(isOfGuests ? "budget.guestsHint" : "budget.amountHint")}
        problem={step === "wrong" ? t("budget.amountWrong") : null}
        inputMode="decimal"
        autoComplete="off"
        value={amount}
        onChange={({ target }) => {
          setAmount(target.value);
          setStep("idle");
        }}
        className="max-w-40"
      />
      <Choice
        label={t("budget.period")}
        value={period}
        options={budgetPeriods.map((value) => ({ value, label: t(`budget.${value}`) }))}
        onChoose={(value) => {
          setPeriod(value);
          setStep("idle");
        }}
      />
      <div className="flex items-center gap-4">
        <Button type="submit" aria-disabled={step === "pending"}>
          {step === "pending" ? t("state.working") : t("budget.save")}
        </Button>
        <p role="status" className={step === "failed" ? "text-sm text-danger" : "text-sm text-ink-soft"}>
          {step === "saved" && t("budget.saved")}
          {step === "failed" && t("budget.failed")}
        </p>
      </div>
    </form>
  );
}
