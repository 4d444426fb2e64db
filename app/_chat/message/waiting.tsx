"use client";

import { useSecondsUntil } from "@/app/_chat/errors/use-seconds-until";
import { t } from "@/lib/i18n/translator";

/** Stands where the answer will be, from the question on until its first word. */
export function Waiting({ until, isSlow }: { until?: number; isSlow: boolean }) {
  const seconds = useSecondsUntil(until ?? null);
  return (
    <p className="flex h-8 animate-appear items-center gap-2.5 text-sm text-ink-faint">
      <span aria-hidden className="size-2 animate-breathe rounded-full bg-accent" />
      {seconds > 0 ? t("answer.busy", { seconds }) : t(isSlow ? "answer.slow" : "answer.waiting")}
    </p>
  );
}
