"use client";

import { Pencil, Plus } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "@/app/_ui/button";
import { handOnFocus } from "@/app/_ui/hand-on-focus";
import { IconButton } from "@/app/_ui/icon-button";
import { t } from "@/lib/i18n/characters-translator";
import type { Profile } from "@/lib/profiles/profile";
import { ProfileForm } from "./profile-form";
import { useProfileActions } from "./use-profile-actions";

/** All profiles, of which one at a time is open to be changed. */
export function ProfileList({ profiles }: { profiles: readonly Profile[] }) {
  const [edited, setEdited] = useState<string | "new" | null>(null);
  const close = () => setEdited(null);
  const list = useRef<HTMLDivElement>(null);
  const actions = useProfileActions();
  /** Back to what opened the form; what was deleted has no button any more. */
  const focusTo = (opener: string) =>
    handOnFocus(() => list.current?.querySelector<HTMLElement>(`${opener}, [data-adds]`)?.focus());
  return (
    <div ref={list} className="grid gap-4">
      {profiles.length === 0 && edited === null && (
        <p className="text-sm text-ink-faint">{t("profiles.none")}</p>
      )}
      <ul aria-label={t("profiles.title")} className="grid grid-cols-1 gap-3 empty:hidden">
        {profiles.map((profile) => (
          <li key={profile.id} className="min-w-0 rounded-lg border border-line bg-raised p-4">
            {edited === profile.id ? (
              <ProfileForm
                profile={profile}
                actions={actions}
                onClose={close}
                ref={focusTo(`[data-edits="${profile.id}"]`)}
              />
            ) : (
              <ProfileRow profile={profile} actions={actions} onEdit={() => setEdited(profile.id)} />
            )}
          </li>
        ))}
      </ul>
      {edited === "new" ? (
        <div className="rounded-lg border border-line bg-raised p-4">
          <ProfileForm profile={null} actions={actions} onClose={close} ref={focusTo("[data-adds]")} />
        </div>
      ) : (
        <Button className="justify-self-start" data-adds onClick={() => setEdited("new")}>
          <Plus aria-hidden className="size-4" />
          {t("profiles.add")}
        </Button>
      )}
    </div>
  );
}

interface ProfileRowProps {
  profile: Profile;
  actions: ReturnType<typeof useProfileActions>;
  onEdit(): void;
}

function ProfileRow({ profile, actions, onEdit }: ProfileRowProps) {
  const { id, name, description, isDefault } = profile;
  const editButton = useRef<HTMLButtonElement>(null);
  return (
    <div className="flex min-w-0 flex-wrap items-start gap-x-3">
      <div className="min-w-0 flex-1 max-sm:basis-[calc(100%-4rem)]">
        <p className="flex min-w-0 items-center gap-2">
          <span dir="auto" className="truncate font-medium">
            {name}
          </span>
          {isDefault && (
            <span className="shrink-0 rounded-full bg-accent-soft px-2 py-0.5 text-xs text-accent">
              {t("profiles.default")}
            </span>
          )}
        </p>
        {description !== "" && (
          <p dir="auto" className="mt-1 line-clamp-3 text-sm text-ink-soft [overflow-wrap:anywhere]">
            {description}
          </p>
        )}
      </div>
      {!isDefault && (
        <Button
          size="small"
          look="quiet"
          className="max-sm:order-last max-sm:-ms-3 max-sm:mt-1"
          aria-label={t("profiles.makeDefaultNamed", { name })}
          ref={handOnFocus(() => editButton.current?.focus())}
          onClick={() => actions.change(id, { isDefault: true })}
        >
          {t("profiles.makeDefault")}
        </Button>
      )}
      <IconButton
        icon={Pencil}
        size="small"
        label={t("profiles.edit", { name })}
        ref={editButton}
        data-edits={id}
        onClick={onEdit}
      />
    </div>
  );
}
