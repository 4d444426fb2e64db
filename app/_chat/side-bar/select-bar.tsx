"use client";

import { Archive, ArchiveRestore, ListChecks, type LucideIcon, Trash2, Undo2, X } from "lucide-react";
import { useState } from "react";
import type { ChatView } from "@/app/_chat/chat-list/chat-listing";
import PurgeDialog from "@/app/_chat/chat-menu/purge-dialog";
import type { ChatActions } from "@/app/_chat/chat-menu/use-chat-actions";
import { IconButton } from "@/app/_ui/icon-button";
import { t } from "@/lib/i18n/panel-translator";
import type { Selection } from "./use-selection";

interface SelectBarProps {
  view: ChatView;
  selection: Selection;
  actions: ChatActions;
}

/** What can be done with many chats at once. */
export default function SelectBar({ view, selection, actions }: SelectBarProps) {
  const [isPurging, setPurging] = useState(false);
  const ids = [...(selection.selected ?? [])];
  const act = (icon: LucideIcon, label: string, run: () => void) => (
    <IconButton
      icon={icon}
      label={label}
      size="small"
      disabled={ids.length === 0}
      onClick={() => {
        run();
        selection.end();
      }}
    />
  );
  return (
    <div
      role="toolbar"
      aria-label={t("sideBar.selection")}
      className="mx-2.5 mb-1 flex h-10 shrink-0 items-center gap-0.5 rounded-md bg-accent-soft pr-1 pl-2.5 pointer-coarse:h-12"
    >
      <output className="min-w-0 flex-1 truncate text-sm font-medium">
        {t("sideBar.selected", { count: ids.length })}
      </output>
      <IconButton icon={ListChecks} label={t("sideBar.selectAll")} size="small" onClick={selection.all} />
      {view === "chats" && act(Archive, t("chat.archive"), () => actions.archive(ids, true))}
      {view === "archive" && act(ArchiveRestore, t("chat.unarchive"), () => actions.archive(ids, false))}
      {view !== "trash" && act(Trash2, t("chat.delete"), () => actions.remove(ids))}
      {view === "trash" && act(Undo2, t("chat.restore"), () => actions.restore(ids))}
      {view === "trash" && (
        <IconButton
          icon={Trash2}
          label={t("chat.purge")}
          size="small"
          disabled={ids.length === 0}
          onClick={() => setPurging(true)}
        />
      )}
      <IconButton icon={X} label={t("sideBar.endSelecting")} size="small" onClick={selection.end} />
      {isPurging && (
        <PurgeDialog
          count={ids.length}
          onClose={() => setPurging(false)}
          onPurge={() => {
            actions.purge(ids);
            selection.end();
          }}
        />
      )}
    </div>
  );
}
