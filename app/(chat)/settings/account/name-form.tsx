"use client";

import { useRouter } from "next/navigation";
import { authClient } from "@/app/_client/person/auth-client";
import { Field } from "@/app/_ui/field";
import { t } from "@/lib/i18n/settings-translator";
import { FormEnd } from "./form-end";
import { useForm } from "./use-form";

export function NameForm({ name, email }: { name: string; email: string }) {
  const router = useRouter();
  const form = useForm(
    (data) => authClient.updateUser({ name: String(data.get("name")).trim() }),
    () => router.refresh(),
  );
  return (
    <form
      method="post"
      onSubmit={form.submit}
      onInput={form.touch}
      className="grid max-w-sm grid-cols-1 gap-4"
    >
      <dl className="text-sm">
        <dt className="mb-1 font-medium">{t("signIn.email")}</dt>
        <dd className="text-ink-soft [overflow-wrap:anywhere]">{email}</dd>
      </dl>
      <Field
        // What is stored is what the field goes back to.
        key={name}
        name="name"
        label={t("signIn.name")}
        defaultValue={name}
        required
        pattern=".*\S.*"
        maxLength={100}
        autoComplete="name"
        dir="auto"
      />
      <FormEnd form={form} label={t("action.save")} doneText={t("settings.saved")} />
    </form>
  );
}
