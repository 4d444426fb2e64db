"use client";

import { type ComponentProps, lazy, useState } from "react";
import { MenuButton } from "@/app/_ui/menu-button";
import type { Chat } from "@/lib/chats/chat";
import { PurgeDialog } from "./purge-dialog";
import { RenameDialog } from "./rename-dialog";
import { useChatActions } from "./use-chat-actions";

const loadMenu = () => import("./chat-menu");
const ChatMenu = lazy(loadMenu);

interface ChatMenuButtonProps extends Omit<ComponentProps<typeof MenuButton>, "preload" | "renderMenu"> {
  chat: Chat;
  /** Where the title can be changed in its place; elsewhere a dialog asks for it. */
  onRename?(): void;
}

/** What can be done with a chat, from its row or from its title. */
export function ChatMenuButton({ chat, onRename, ...rest }: ChatMenuButtonProps) {
  const actions = useChatActions();
  const [asking, setAsking] = useState<"title" | "purge" | null>(null);
  const close = () => setAsking(null);
  return (
    <>
      <MenuButton
        {...rest}
        preload={loadMenu}
        renderMenu={(menu) => (
          <ChatMenu
            {...menu}
            chat={chat}
            actions={actions}
            onRename={onRename ?? (() => setAsking("title"))}
            onPurge={() => setAsking("purge")}
          />
        )}
      />
      {asking === "title" && (
        <RenameDialog
          title={chat.title ?? ""}
          onClose={close}
          onRename={(title) => actions.rename(chat.id, title)}
        />
      )}
      {asking === "purge" && (
        <PurgeDialog count={1} onClose={close} onPurge={() => actions.purge([chat.id])} />
      )}
    </>
  );
}
