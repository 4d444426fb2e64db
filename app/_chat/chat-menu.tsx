"use client";

import { Pencil, Pin, PinOff, Trash2 } from "lucide-react";
import { Menu, MenuItem, MenuSeparator } from "@/app/_ui/menu";
import type { OpenMenu } from "@/app/_ui/menu-button";
import type { Chat } from "@/lib/chats/chat";
import { t } from "@/lib/i18n/translator";

interface ChatMenuProps extends OpenMenu {
  chat: Chat;
  onRename(): void;
  onPin(): void;
  onDelete(): void;
}

export default function ChatMenu({ chat, onRename, onPin, onDelete, ...menu }: ChatMenuProps) {
  return (
    <Menu {...menu} label={t("chat.options", { title: chat.title ?? t("chat.untitled") })}>
      <MenuItem icon={Pencil} onSelect={onRename}>
        {t("chat.rename")}
      </MenuItem>
      <MenuItem icon={chat.pinned ? PinOff : Pin} onSelect={onPin}>
        {chat.pinned ? t("chat.unpin") : t("chat.pin")}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={Trash2} tone="danger" onSelect={onDelete}>
        {t("chat.delete")}
      </MenuItem>
    </Menu>
  );
}
