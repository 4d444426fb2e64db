"use client";

import { usePathname, useRouter } from "next/navigation";
import { type ComponentProps, lazy, useState } from "react";
import { toFailure } from "@/app/_client/chat-failure";
import { MenuButton } from "@/app/_ui/menu-button";
import { showToast } from "@/app/_ui/toasts";
import type { Chat } from "@/lib/chats/chat";
import { t } from "@/lib/i18n/translator";
import { useChatList } from "./chat-list";
import { chatIdOf } from "./chat-path";
import { RenameDialog } from "./rename-dialog";
import { useSideBar } from "./side-bar-state";

const loadMenu = () => import("./chat-menu");
const ChatMenu = lazy(loadMenu);

interface ChatMenuButtonProps extends Omit<ComponentProps<typeof MenuButton>, "preload" | "renderMenu"> {
  chat: Chat;
}

/** What can be done with a chat, from its row or from its title. */
export function ChatMenuButton({ chat, ...rest }: ChatMenuButtonProps) {
  const list = useChatList();
  const { closeDrawer } = useSideBar();
  const router = useRouter();
  const current = chatIdOf(usePathname());
  const [isRenaming, setRenaming] = useState(false);

  async function remove() {
    closeDrawer();
    if (chat.id === current) router.push("/");
    await list.remove(chat.id);
    showToast(t("chat.deleted"), {
      label: t("action.undo"),
      run: () => list.restore(chat.id).catch(tellFailure),
    });
  }

  return (
    <>
      <MenuButton
        {...rest}
        preload={loadMenu}
        renderMenu={(menu) => (
          <ChatMenu
            {...menu}
            chat={chat}
            onRename={() => setRenaming(true)}
            onPin={() => list.pin(chat.id, !chat.pinned).catch(tellFailure)}
            onDelete={() => remove().catch(tellFailure)}
          />
        )}
      />
      {isRenaming && (
        <RenameDialog
          title={chat.title ?? ""}
          onClose={() => setRenaming(false)}
          onRename={(title) => list.rename(chat.id, title).catch(tellFailure)}
        />
      )}
    </>
  );
}

function tellFailure(cause: unknown): void {
  showToast(toFailure(cause).message);
}
