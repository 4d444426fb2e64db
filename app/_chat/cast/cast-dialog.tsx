"use client";

import Link from "next/link";
import useSWR from "swr/whole";
import { useChatList } from "@/app/_chat/chat-list/chat-list";
import { api } from "@/app/_client/api";
import { toFailure } from "@/app/_client/chat-failure";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { Select } from "@/app/_ui/select";
import { showToast } from "@/app/_ui/toasts";
import { getCharacterSummary, listCharacters } from "@/lib/api/characters";
import { updateChat } from "@/lib/api/chats";
import { listProfiles } from "@/lib/api/profiles";
import type { Chat } from "@/lib/chats/chat";
import { t } from "@/lib/i18n/characters-translator";

/** Whom the model plays in a chat, and who the person is in it. */
export default function CastDialog({ chat, onClose }: { chat: Chat; onClose(): void }) {
  const { refresh } = useChatList();
  const { characterId, profileId } = chat;
  const { data, error } = useSWR(["cast", characterId], () => readChoices(characterId));

  async function change(change: { characterId: string | null } | { profileId: string | null }) {
    try {
      await api(updateChat, { params: { chatId: chat.id }, body: change });
      refresh();
    } catch (cause) {
      showToast(toFailure(cause).message);
    }
  }

  const isProfileGone = profileId !== null && !data?.profiles.some(({ id }) => id === profileId);
  return (
    <Dialog title={t("cast.title")} onClose={onClose}>
      {error && (
        <p role="alert" className="mt-4 text-sm text-danger">
          {t("cast.failed")}
        </p>
      )}
      {!data && !error && <p className="mt-4 text-sm text-ink-faint">{t("state.loading")}</p>}
      {data && (
        <div className="mt-5 grid grid-cols-1 gap-5">
          <Select
            label={t("cast.character")}
            value={characterId ?? ""}
            options={[
              { value: "", label: t("cast.nobody") },
              ...data.characters.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChoose={(value) => change({ characterId: value || null })}
          />
          <Select
            label={t("cast.profile")}
            value={isProfileGone ? "" : (profileId ?? "")}
            options={[
              { value: "", label: t("cast.defaultProfile") },
              ...data.profiles.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChoose={(value) => change({ profileId: value || null })}
          />
          <p className="text-sm text-ink-soft">{t("cast.note")}</p>
        </div>
      )}
      <p className="mt-5 flex flex-wrap gap-x-5 gap-y-2 text-sm">
        {characterId !== null && (
          <Link href={`/characters/${characterId}`} prefetch={false} onClick={onClose} className={linkClass}>
            {t("characters.edit")}
          </Link>
        )}
        <Link href="/characters" prefetch={false} onClick={onClose} className={linkClass}>
          {t("cast.openCharacters")}
        </Link>
        <Link href="/settings/profiles" prefetch={false} onClick={onClose} className={linkClass}>
          {t("cast.openProfiles")}
        </Link>
      </p>
      <div className="mt-6 flex justify-end">
        <Button look="primary" onClick={onClose}>
          {t("cast.done")}
        </Button>
      </div>
    </Dialog>
  );
}

const linkClass = "touch-target text-accent underline underline-offset-4 hover:text-accent-strong";

const offeredMax = 100;

/** The chat's own character is among them, also from the trash. */
async function readChoices(characterId: string | null) {
  const [{ items }, { items: profiles }, own] = await Promise.all([
    api(listCharacters, { query: { limit: offeredMax } }),
    api(listProfiles),
    characterId === null ? null : api(getCharacterSummary, { params: { characterId } }).catch(isGone),
  ]);
  const isListed = own === null || items.some(({ id }) => id === own.id);
  return { profiles, characters: isListed ? items : [own, ...items] };
}

/** It may have been deleted for good. */
function isGone(): null {
  return null;
}
