"use client";

import { CircleAlert } from "lucide-react";
import { useState } from "react";
import { authClient } from "@/app/_client/person/auth-client";
import { forgetPerson } from "@/app/_client/person/forget-person";
import { Alert } from "@/app/_ui/alert";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { Field } from "@/app/_ui/field";
import { t } from "@/lib/i18n/settings-translator";
import { useForm } from "./use-form";

export interface DeleteAccountProps {
  isGuest: boolean;
  isAdministrator: boolean;
  chatCount: number;
}

export function DeleteAccountDialog({
  isGuest,
  isAdministrator,
  chatCount,
  onClose,
}: DeleteAccountProps & { onClose(): void }) {
  const [typed, setTyped] = useState("");
  const word = t("settings.deleteWord");
  const isConfirmed = isGuest ? typed.trim().toLowerCase() === word : typed !== "";
  const form = useForm(
    () => authClient.deleteUser(isGuest ? {} : { password: typed }),
    () => void forgetPerson().finally(() => window.location.assign("/sign-in")),
  );
  const isOver = form.isPending || form.isDone;

  return (
    <Dialog
      title={t(isGuest ? "settings.deleteGuestTitle" : "settings.deleteTitle")}
      onClose={isOver ? () => {} : onClose}
    >
      <p className="mt-2 text-sm text-ink-soft">{t("settings.deleteGoes")}</p>
      <ul className="mt-2 list-disc pl-5 text-sm text-ink-soft">
        <li>{t("settings.deleteChats", { count: chatCount })}</li>
        <li>{t("settings.deleteWriting")}</li>
        {!isGuest && <li>{t("settings.deleteSignIn")}</li>}
        {isAdministrator && <li>{t("settings.deleteAdministrator")}</li>}
      </ul>
      <form
        method="post"
        onSubmit={(event) => (isOver ? event.preventDefault() : form.submit(event))}
        className="mt-5 grid gap-4"
      >
        <Field
          name="confirmation"
          type={isGuest ? "text" : "password"}
          label={isGuest ? t("settings.deleteType", { word }) : t("settings.currentPassword")}
          autoComplete={isGuest ? "off" : "current-password"}
          autoCapitalize="none"
          required
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            form.touch();
          }}
          problem={form.problem?.field === "current-password" ? form.problem.text : null}
        />
        {form.problem && form.problem.field !== "current-password" && (
          <Alert tone="danger" icon={CircleAlert} isUrgent>
            {form.problem.text}
          </Alert>
        )}
        <div className="mt-2 flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
          <Button look="quiet" onClick={isOver ? undefined : onClose} aria-disabled={isOver}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" look="danger" disabled={!isConfirmed} aria-disabled={isOver}>
            {isOver ? t("state.working") : t("settings.deleteForGood")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
