"use client";

import { Copy, GitBranch, Pencil, Trash2 } from "lucide-react";
import { Menu, MenuItem, MenuSeparator } from "@/app/_ui/menu";
import type { OpenMenu } from "@/app/_ui/menu-button";
import { t } from "@/lib/i18n/panel-translator";

export interface MessageMenuProps extends OpenMenu {
  editLabel: string;
  onEdit?(): void;
  onCopy(): void;
  onBranch(): void;
  onDelete(): void;
}

export default function MessageMenu({
  editLabel,
  onEdit,
  onCopy,
  onBranch,
  onDelete,
  ...menu
}: MessageMenuProps) {
  return (
    <Menu {...menu} label={t("message.options")}>
      {onEdit && (
        <MenuItem icon={Pencil} onSelect={onEdit}>
          {editLabel}
        </MenuItem>
      )}
      <MenuItem icon={Copy} onSelect={onCopy}>
        {t("message.copy")}
      </MenuItem>
      <MenuItem icon={GitBranch} onSelect={onBranch}>
        {t("message.branch")}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={Trash2} tone="danger" onSelect={onDelete}>
        {t("message.delete")}
      </MenuItem>
    </Menu>
  );
}
