"use client";

import { Archive, ListChecks, MessagesSquare, Trash2 } from "lucide-react";
import type { ChatView } from "@/app/_chat/chat-list/chat-listing";
import { Menu, MenuItem, MenuSeparator } from "@/app/_ui/menu";
import type { OpenMenu } from "@/app/_ui/menu-button";
import { t } from "@/lib/i18n/panel-translator";

interface SideBarMenuProps extends OpenMenu {
  view: ChatView;
  hasChats: boolean;
  onSelect(): void;
  onShowView(view: ChatView): void;
  onPurgeAll(): void;
}

export default function SideBarMenu({
  view,
  hasChats,
  onSelect,
  onShowView,
  onPurgeAll,
  ...menu
}: SideBarMenuProps) {
  const views = [
    { to: "chats", icon: MessagesSquare, name: t("sideBar.chats") },
    { to: "archive", icon: Archive, name: t("sideBar.archive") },
    { to: "trash", icon: Trash2, name: t("sideBar.trash") },
  ] as const;
  return (
    <Menu {...menu} label={t("sideBar.views")} align="end">
      {hasChats && (
        <>
          <MenuItem icon={ListChecks} onSelect={onSelect}>
            {t("sideBar.select")}
          </MenuItem>
          <MenuSeparator />
        </>
      )}
      {views
        .filter(({ to }) => to !== view)
        .map(({ to, icon, name }) => (
          <MenuItem key={to} icon={icon} onSelect={() => onShowView(to)}>
            {name}
          </MenuItem>
        ))}
      {view === "trash" && hasChats && (
        <>
          <MenuSeparator />
          <MenuItem icon={Trash2} tone="danger" onSelect={onPurgeAll}>
            {t("sideBar.emptyTheTrash")}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
