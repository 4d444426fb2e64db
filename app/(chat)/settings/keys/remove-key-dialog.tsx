"use client";

import { useState } from "react";
import { api } from "@/app/_client/api";
import { toFailure } from "@/app/_client/chat-failure";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { showToast } from "@/app/_ui/toasts";
import { removeKey, type StoredKey } from "@/lib/api/keys";
import { t } from "@/lib/i18n/keys-translator";

interface RemoveKeyDialogProps {
  stored: StoredKey;
  name: string;
  onRemoved(): void;
  onClose(): void;
}

export function RemoveKeyDialog({ stored, name, onRemoved, onClose }: RemoveKeyDialogProps) {
  const [isPending, setPending] = useState(false);

  async function remove() {
    setPending(true);
    try {
      await api(removeKey, { params: { keyId: stored.id } });
      onRemoved();
    } catch (cause) {
      const { error } = toFailure(cause);
      // Removed from elsewhere meanwhile: what was wanted is so.
      if (error.type === "not_found") return onRemoved();
      showToast(error.message);
      onClose();
    }
  }

  return (
    <Dialog title={t("keys.removeTitle")} onClose={isPending ? () => {} : onClose}>
      <p className="mt-2 text-sm text-ink-soft">
        {t("keys.removeText", { key: stored.masked, provider: name })}
      </p>
      <div className="mt-6 flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
        <Button look="quiet" onClick={isPending ? undefined : onClose} aria-disabled={isPending}>
          {t("action.cancel")}
        </Button>
        <Button look="danger" aria-disabled={isPending} onClick={isPending ? undefined : remove}>
          {isPending ? t("state.working") : t("keys.remove")}
        </Button>
      </div>
    </Dialog>
  );
}
