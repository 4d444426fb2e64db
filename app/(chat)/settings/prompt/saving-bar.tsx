"use client";

import { Check, CircleAlert } from "lucide-react";
import { Alert } from "@/app/_ui/alert";
import { Button } from "@/app/_ui/button";
import { t } from "@/lib/i18n/prompt-translator";
import type { Saving } from "./use-saving";

/** The end of a form: saves, and says whether all is saved. */
export function SavingBar({ saving: { state, failure, save } }: { saving: Saving }) {
  return (
    <div className="grid gap-3">
      {failure && (
        <Alert tone="danger" icon={CircleAlert} isUrgent>
          {failure.message}
        </Alert>
      )}
      <div className="flex min-h-10 items-center gap-4">
        <Button type="submit" onClick={save} aria-disabled={state === "pending" || state === "same"}>
          {t(state === "pending" ? "state.working" : "action.save")}
        </Button>
        <output className="flex items-center gap-1.5 text-sm text-ink-soft">
          {state === "saved" && <Check aria-hidden className="size-4 text-accent" />}
          {state === "saved" && t("prompt.saved")}
          {state === "changed" && t("prompt.unsaved")}
        </output>
      </div>
    </div>
  );
}
