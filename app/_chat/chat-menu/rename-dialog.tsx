"use client";

import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { Field } from "@/app/_ui/field";
import { titleSchema } from "@/lib/chats/chat";
import { t } from "@/lib/i18n/panel-translator";

interface RenameDialogProps {
  title: string;
  onClose(): void;
  onRename(title: string): void;
}

export default function RenameDialog({ title, onClose, onRename }: RenameDialogProps) {
  function rename(data: FormData) {
    const chosen = titleSchema.safeParse(data.get("title"));
    if (chosen.success && chosen.data !== title) onRename(chosen.data);
    onClose();
  }
  return (
    <Dialog title={t("chat.renameTitle")} onClose={onClose}>
      <form action={rename} className="mt-4">
        <Field
          name="title"
          label={t("chat.title")}
          defaultValue={title}
          maxLength={200}
          required
          dir="auto"
          autoComplete="off"
          onFocus={(event) => event.currentTarget.select()}
        />
        <div className="mt-6 flex justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button look="primary" type="submit">
            {t("action.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
