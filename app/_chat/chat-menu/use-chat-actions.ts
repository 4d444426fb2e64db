"use client";

import { usePathname, useRouter } from "next/navigation";
import { useMemo } from "react";
import { type Keeping, useChatList } from "@/app/_chat/chat-list/chat-list";
import { chatIdOf } from "@/app/_chat/chat-path";
import { toFailure } from "@/app/_client/chat-failure";
import { showToast } from "@/app/_ui/toasts";
import { t } from "@/lib/i18n/translator";

export interface ChatActions {
  rename(chatId: string, title: string): void;
  pin(chatId: string, pinned: boolean): void;
  markUnread(chatId: string): void;
  archive(chatIds: readonly string[], archived: boolean): void;
  /** To the trash. */
  remove(chatIds: readonly string[]): void;
  restore(chatIds: readonly string[]): void;
  purge(chatIds: readonly string[] | "all"): void;
}

/** What a person does with chats, told in passing, with a way back where there is one. */
export function useChatActions(): ChatActions {
  const { keep, purge, rename } = useChatList();
  const router = useRouter();
  const current = chatIdOf(usePathname());

  return useMemo(() => {
    async function keepTelling(ids: readonly string[], keeping: Keeping, told: string, back: Keeping) {
      const undo = () => void keep(ids, back).catch(tellFailure);
      await keep(ids, keeping);
      showToast(told, { label: t("action.undo"), run: undo });
    }
    const leave = (ids: readonly string[]) => {
      if (current !== null && ids.includes(current)) router.push("/");
    };

    return {
      rename: (chatId, title) => void rename(chatId, title).catch(tellFailure),
      pin: (chatId, pinned) => void keep([chatId], { pinned }).catch(tellFailure),
      markUnread: (chatId) => void keep([chatId], { unread: true }).catch(tellFailure),
      archive(ids, archived) {
        const told = t(archived ? "chats.archived" : "chats.unarchived", { count: ids.length });
        keepTelling(ids, { archived }, told, { archived: !archived }).catch(tellFailure);
      },
      remove(ids) {
        leave(ids);
        const told = t("chats.deleted", { count: ids.length });
        keepTelling(ids, { deleted: true }, told, { deleted: false }).catch(tellFailure);
      },
      restore(ids) {
        const told = t("chats.restored", { count: ids.length });
        keepTelling(ids, { deleted: false }, told, { deleted: true }).catch(tellFailure);
      },
      purge(ids) {
        if (ids === "all") {
          purge("all").catch(tellFailure);
          return;
        }
        leave(ids);
        purge(ids)
          .then(() => showToast(t("chats.purged", { count: ids.length })))
          .catch(tellFailure);
      },
    };
  }, [keep, purge, rename, router, current]);
}

function tellFailure(cause: unknown): void {
  showToast(toFailure(cause).message);
}
