"use client";

import { Select } from "@/app/_ui/select";
import { t } from "@/lib/i18n/characters-translator";
import type { Profile } from "@/lib/profiles/profile";

interface ProfileFieldProps {
  profiles: readonly Profile[];
  profileId: string | null;
  onChange(profileId: string | null): void;
}

/** Who the person is in chats with the character, where the chat says nothing else. */
export function ProfileField({ profiles, profileId, onChange }: ProfileFieldProps) {
  const isGone = profileId !== null && !profiles.some(({ id }) => id === profileId);
  return (
    <Select
      label={t("editor.profile")}
      value={profileId ?? ""}
      options={[
        { value: "", label: t("editor.profileDefault") },
        ...(isGone ? [{ value: profileId, label: t("editor.profileUnknown") }] : []),
        ...profiles.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChoose={(value) => onChange(value || null)}
    />
  );
}
