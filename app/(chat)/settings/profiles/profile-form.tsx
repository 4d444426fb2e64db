"use client";

import { type FormEvent, type RefCallback, useState } from "react";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { Field } from "@/app/_ui/field";
import { TextArea } from "@/app/_ui/text-area";
import { t } from "@/lib/i18n/characters-translator";
import type { Profile } from "@/lib/profiles/profile";
import type { useProfileActions } from "./use-profile-actions";

interface ProfileFormProps {
  /** `null` for a new one. */
  profile: Profile | null;
  actions: ReturnType<typeof useProfileActions>;
  onClose(): void;
  /** Hands the focus on. */
  ref: RefCallback<HTMLFormElement>;
}

export function ProfileForm({ profile, actions, onClose, ref }: ProfileFormProps) {
  const [isPending, setPending] = useState(false);
  const [isAsking, setAsking] = useState(false);

  async function finish(act: () => Promise<boolean>) {
    if (isPending) return;
    setPending(true);
    const isDone = await act();
    setPending(false);
    if (isDone) onClose();
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const texts = { name: String(data.get("name")).trim(), description: String(data.get("description")) };
    void finish(() => (profile ? actions.change(profile.id, texts) : actions.create(texts)));
  }

  return (
    <form method="post" ref={ref} onSubmit={submit} className="grid grid-cols-1 gap-4">
      <Field
        name="name"
        label={t("profiles.name")}
        defaultValue={profile?.name ?? ""}
        required
        pattern=".*\S.*"
        maxLength={200}
        dir="auto"
        autoComplete="off"
        autoFocus
      />
      <TextArea
        name="description"
        label={t("profiles.description")}
        hint={t("profiles.descriptionHint")}
        defaultValue={profile?.description ?? ""}
        maxLength={100_000}
        rows={4}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" aria-disabled={isPending}>
          {t(isPending ? "state.working" : profile ? "profiles.save" : "profiles.create")}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {t("action.cancel")}
        </Button>
        {profile?.isDefault && (
          <Button
            look="quiet"
            aria-disabled={isPending}
            onClick={() => finish(() => actions.change(profile.id, { isDefault: false }))}
          >
            {t("profiles.noDefault")}
          </Button>
        )}
        {profile && (
          <Button look="danger" className="sm:ms-auto" onClick={() => setAsking(true)}>
            {t("profiles.delete")}
          </Button>
        )}
      </div>
      {isAsking && profile && (
        <Dialog title={t("profiles.deleteTitle", { name: profile.name })} onClose={() => setAsking(false)}>
          <p className="mt-2 text-sm text-ink-soft">{t("profiles.deleteText")}</p>
          <div className="mt-6 flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
            <Button look="quiet" onClick={() => setAsking(false)}>
              {t("action.cancel")}
            </Button>
            <Button
              look="danger"
              aria-disabled={isPending}
              onClick={() => finish(() => actions.remove(profile.id))}
            >
              {t("profiles.delete")}
            </Button>
          </div>
        </Dialog>
      )}
    </form>
  );
}
