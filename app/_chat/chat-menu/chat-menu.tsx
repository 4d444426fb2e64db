"use client";

import { Archive, ArchiveRestore, CircleDot, Drama, Pencil, Pin, PinOff, Trash2, Undo2 } from "lucide-react";
import { Menu, MenuItem, MenuSeparator } from "@/app/_ui/menu";
import type { OpenMenu } from "@/app/_ui/menu-button";
import type { Chat } from "@/lib/chats/chat";
import { t } from "@/lib/i18n/characters-translator";
import { ChatCost } from "./chat-cost";
import type { ChatActions } from "./use-chat-actions";

interface ChatMenuProps extends OpenMenu {
  chat: Chat;
  actions: ChatActions;
  onRename(): void;
  onCast(): void;
  onPurge(): void;
}

export default function ChatMenu({ chat, actions, onRename, onCast, onPurge, ...menu }: ChatMenuProps) {
  const { id, pinned, archived, unread, deletedAt } = chat;
  const label = t("chat.options", { title: chat.title ?? t("chat.untitled") });
  if (deletedAt) {
    return (
      <Menu {...menu} label={label}>
        <MenuItem icon={Undo2} onSelect={() => actions.restore([id])}>
          {t("chat.restore")}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={Trash2} tone="danger" onSelect={onPurge}>
          {t("chat.purge")}
        </MenuItem>
      </Menu>
    );
  }
  return (
    <Menu {...menu} label={label}>
      <MenuItem icon={Pencil} onSelect={onRename}>
        {t("chat.rename")}
      </MenuItem>
      <MenuItem icon={pinned ? PinOff : Pin} onSelect={() => actions.pin(id, !pinned)}>
        {pinned ? t("chat.unpin") : t("chat.pin")}
      </MenuItem>
      <MenuItem icon={Drama} onSelect={onCast}>
        {t("cast.title")}
      </MenuItem>
      {!unread && (
        <MenuItem icon={CircleDot} onSelect={() => actions.markUnread(id)}>
          {t("chat.markUnread")}
        </MenuItem>
      )}
      <MenuItem icon={archived ? ArchiveRestore : Archive} onSelect={() => actions.archive([id], !archived)}>
        {archived ? t("chat.unarchive") : t("chat.archive")}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={Trash2} tone="danger" onSelect={() => actions.remove([id])}>
        {t("chat.delete")}
      </MenuItem>
      <ChatCost chatId={id} />
    </Menu>
  );
}
