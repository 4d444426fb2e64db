"use client";

import { useRouter } from "next/navigation";
import { api } from "@/app/_client/api";
import { toFailure } from "@/app/_client/chat-failure";
import { showToast } from "@/app/_ui/toasts";
import { deleteCharacter, duplicateCharacter, restoreCharacter } from "@/lib/api/characters";
import { createChat } from "@/lib/api/chats";
import { createId } from "@/lib/chats/id";
import { t } from "@/lib/i18n/characters-translator";
import { problemText } from "./problem-text";

/** What a person does with a character from the gallery; `changed` reads the gallery again. */
export function useCharacterActions(changed: () => void) {
  const router = useRouter();

  async function run(act: () => Promise<void>) {
    try {
      await act();
    } catch (cause) {
      showToast(problemText(toFailure(cause).error));
    }
  }

  const restore = (characterId: string) =>
    run(async () => {
      await api(restoreCharacter, { params: { characterId } });
      showToast(t("characters.restored"));
      changed();
    });

  return {
    startChat: (characterId: string) =>
      run(async () => {
        const { id } = await api(createChat, { body: { id: createId(), characterId } });
        router.push(`/chat/${id}`);
      }),

    duplicate: (characterId: string) =>
      run(async () => {
        await api(duplicateCharacter, { params: { characterId } });
        showToast(t("characters.duplicated"));
        changed();
      }),

    remove: (characterId: string) =>
      run(async () => {
        await api(deleteCharacter, { params: { characterId } });
        showToast(t("characters.deleted"), {
          label: t("action.undo"),
          run: () => void restore(characterId),
        });
        changed();
      }),

    restore,
  };
}

export type CharacterActions = ReturnType<typeof useCharacterActions>;
