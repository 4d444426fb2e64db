"use client";

import { CircleAlert } from "lucide-react";
import { type FormEvent, type ReactNode, useState } from "react";
import { api } from "@/app/_client/api";
import { toFailure } from "@/app/_client/chat-failure";
import { Alert } from "@/app/_ui/alert";
import { Button } from "@/app/_ui/button";
import { Field } from "@/app/_ui/field";
import { type KeyScope, setKey } from "@/lib/api/keys";
import type { ChatErrorType } from "@/lib/errors/chat-error";
import { t } from "@/lib/i18n/keys-translator";

interface KeyFormProps {
  provider: string;
  /** For people. */
  name: string;
  baseUrl?: string;
  scope: KeyScope;
  onSaved(problem: ChatErrorType | null): void;
  onCancel(): void;
  /** Beside the buttons. */
  children?: ReactNode;
}

type Progress =
  | { state: "idle" }
  | { state: "pending" }
  | { state: "refused"; text: string }
  | { state: "failed"; text: string };

/** Takes a key, has it checked, and keeps it. */
export function KeyForm({ provider, name, baseUrl, scope, onSaved, onCancel, children }: KeyFormProps) {
  const [progress, setProgress] = useState<Progress>({ state: "idle" });
  const isPending = progress.state === "pending";

  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const key = String(new FormData(form).get("key")).trim();
    if (isPending || key === "") return;
    setProgress({ state: "pending" });
    try {
      const { problem } = await api(setKey, { body: { provider, key, baseUrl, scope } });
      form.reset();
      setProgress({ state: "idle" });
      onSaved(problem);
    } catch (cause) {
      const { error } = toFailure(cause);
      if (error.type === "key_invalid")
        setProgress({ state: "refused", text: t("keys.notAccepted", { provider: name }) });
      else if (error.type === "invalid_request") setProgress({ state: "refused", text: t("keys.noKey") });
      else setProgress({ state: "failed", text: error.message });
    }
  }

  return (
    <form
      method="post"
      onSubmit={save}
      onInput={() => setProgress((now) => (now.state === "pending" ? now : { state: "idle" }))}
      className="mt-4 grid grid-cols-1 gap-4"
    >
      <Field
        name="key"
        type="password"
        label={t("keys.field", { provider: name })}
        hint={t("keys.fieldHint", { provider: name })}
        problem={progress.state === "refused" ? progress.text : null}
        required
        autoFocus
        // No password of this site: managers must neither fill it in nor keep it.
        autoComplete="off"
        data-1p-ignore
        data-lpignore="true"
        spellCheck={false}
      />
      {progress.state === "failed" && (
        <Alert tone="danger" icon={CircleAlert} isUrgent>
          {progress.text}
        </Alert>
      )}
      <output className="sr-only">{progress.state === "refused" ? progress.text : ""}</output>
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" look="primary" aria-disabled={isPending}>
          {isPending ? t("keys.checking") : t("keys.save")}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {t("action.cancel")}
        </Button>
        {children}
      </div>
    </form>
  );
}

/** What to say once a key is kept. */
export function savedText(name: string, problem: ChatErrorType | null): string {
  if (problem === null) return t("keys.saved");
  if (problem === "provider_credits") return t("keys.savedWithoutCredit");
  return t("keys.savedUnchecked", { provider: name });
}
