"use client";

import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { t } from "@/lib/i18n/panel-translator";

interface DeleteMessageDialogProps {
  messagesBelow: number;
  onClose(): void;
  onDelete(): void;
}

export default function DeleteMessageDialog({ messagesBelow, onClose, onDelete }: DeleteMessageDialogProps) {
  function confirm() {
    onClose();
    onDelete();
  }
  return (
    <Dialog title={t("message.deleteTitle")} onClose={onClose}>
      <p className="mt-2 text-sm text-ink-soft text-pretty">
        {messagesBelow === 0 ? t("message.deleteOne") : t("message.deleteMany", { count: messagesBelow })}
      </p>
      <div className="mt-6 flex justify-end gap-2">
        <Button look="quiet" onClick={onClose}>
          {t("action.cancel")}
        </Button>
        <Button look="danger" onClick={confirm}>
          {t("message.delete")}
        </Button>
      </div>
    </Dialog>
  );
}
