"use client";

import { useRouter } from "next/navigation";
import { authClient } from "@/app/_client/person/auth-client";
import { Field } from "@/app/_ui/field";
import { t } from "@/lib/i18n/settings-translator";
import { FormEnd } from "./form-end";
import { useForm } from "./use-form";

export function PasswordForm({ email }: { email: string }) {
  const router = useRouter();
  const form = useForm(
    (data) =>
      authClient.changePassword({
        currentPassword: String(data.get("current")),
        newPassword: String(data.get("new")),
        revokeOtherSessions: data.get("others") !== null,
      }),
    () => router.refresh(),
  );
  return (
    <form
      method="post"
      onSubmit={form.submit}
      onInput={form.touch}
      className="grid max-w-sm grid-cols-1 gap-4"
    >
      {/* Tells a password manager whose password it is. */}
      <input type="text" name="username" value={email} readOnly hidden autoComplete="username" />
      <Field
        name="current"
        type="password"
        label={t("settings.currentPassword")}
        required
        autoComplete="current-password"
        problem={form.problem?.field === "current-password" ? form.problem.text : null}
      />
      <Field
        name="new"
        type="password"
        label={t("settings.newPassword")}
        hint={t("signIn.passwordHint")}
        required
        minLength={8}
        maxLength={128}
        autoComplete="new-password"
        problem={form.problem?.field === "password" ? form.problem.text : null}
      />
      <label className="flex min-h-11 items-center gap-3 text-sm">
        <input type="checkbox" name="others" defaultChecked className="size-4.5 shrink-0 accent-accent" />
        {t("settings.signOutOthersToo")}
      </label>
      <FormEnd form={form} label={t("settings.changePassword")} doneText={t("settings.passwordChanged")} />
    </form>
  );
}
