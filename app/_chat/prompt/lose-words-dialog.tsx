"use client";

import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { t } from "@/lib/i18n/prompt-translator";

interface LoseWordsDialogProps {
  deed: "write" | "forget";
  onClose(): void;
  onConfirm(): void;
}

/** Before a summary goes that the person has put into their own words: nobody else has them. */
export function LoseWordsDialog({ deed, onClose, onConfirm }: LoseWordsDialogProps) {
  function confirm() {
    onClose();
    onConfirm();
  }
  return (
    <Dialog title={t(`summary.${deed}LosesWords`)} onClose={onClose}>
      <p className="mt-2 text-sm text-ink-soft text-pretty">{t("summary.wordsLost")}</p>
      <div className="mt-6 flex justify-end gap-2">
        <Button look="quiet" onClick={onClose}>
          {t("action.cancel")}
        </Button>
        <Button look="danger" onClick={confirm}>
          {t(deed === "write" ? "summary.writeAnew" : "summary.forget")}
        </Button>
      </div>
    </Dialog>
  );
}
