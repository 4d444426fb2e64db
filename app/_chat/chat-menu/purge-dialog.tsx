"use client";

import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { t } from "@/lib/i18n/panel-translator";

interface PurgeDialogProps {
  count: number | "all";
  onClose(): void;
  onPurge(): void;
}

/** Asks before what nobody can take back. */
export default function PurgeDialog({ count, onClose, onPurge }: PurgeDialogProps) {
  const isAll = count === "all";
  return (
    <Dialog title={isAll ? t("sideBar.emptyTrashTitle") : t("chats.purgeTitle", { count })} onClose={onClose}>
      <p className="mt-2 text-sm text-ink-soft">
        {isAll ? t("sideBar.emptyTrashText") : t("chats.purgeText", { count })}
      </p>
      <div className="mt-6 flex justify-end gap-2">
        <Button look="quiet" onClick={onClose}>
          {t("action.cancel")}
        </Button>
        <Button
          look="danger"
          onClick={() => {
            onClose();
            onPurge();
          }}
        >
          {isAll ? t("sideBar.emptyTheTrash") : t("chat.purge")}
        </Button>
      </div>
    </Dialog>
  );
}
