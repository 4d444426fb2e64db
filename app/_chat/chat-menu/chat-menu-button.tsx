"use client";

import { type ComponentProps, lazy, Suspense, useState } from "react";
import { MenuButton } from "@/app/_ui/menu-button";
import type { Chat } from "@/lib/chats/chat";
import { useChatActions } from "./use-chat-actions";

const CastDialog = lazy(() => import("@/app/_chat/cast/cast-dialog"));
const ChatMenu = lazy(() => import("./chat-menu"));
const PurgeDialog = lazy(() => import("./purge-dialog"));
const RenameDialog = lazy(() => import("./rename-dialog"));

/** With what the menu opens: then nothing that is chosen there can fail to load. */
const loadMenu = () =>
  Promise.all([
    import("./chat-menu"),
    import("@/app/_chat/cast/cast-dialog"),
    import("./purge-dialog"),
    import("./rename-dialog"),
  ]);

interface ChatMenuButtonProps extends Omit<ComponentProps<typeof MenuButton>, "preload" | "renderMenu"> {
  chat: Chat;
  /** Where the title can be changed in its place; elsewhere a dialog asks for it. */
  onRename?(): void;
}

/** What can be done with a chat, from its row or from its title. */
export function ChatMenuButton({ chat, onRename, ...rest }: ChatMenuButtonProps) {
  const actions = useChatActions();
  const [asking, setAsking] = useState<"title" | "cast" | "purge" | null>(null);
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
            onCast={() => setAsking("cast")}
            onPurge={() => setAsking("purge")}
          />
        )}
      />
      <Suspense>
        {asking === "title" && (
          <RenameDialog
            title={chat.title ?? ""}
            onClose={close}
            onRename={(title) => actions.rename(chat.id, title)}
          />
        )}
        {asking === "cast" && <CastDialog chat={chat} onClose={close} />}
        {asking === "purge" && (
          <PurgeDialog count={1} onClose={close} onPurge={() => actions.purge([chat.id])} />
        )}
      </Suspense>
    </>
  );
}
