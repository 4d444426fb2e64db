"use client";

import { Check, Ellipsis } from "lucide-react";
import Link from "next/link";
import type { MouseEvent } from "react";
import { ChatMenuButton } from "@/app/_chat/chat-menu/chat-menu-button";
import { Opening } from "@/app/_chat/opening";
import { classNames } from "@/app/_ui/class-names";
import type { Chat } from "@/lib/chats/chat";
import { t } from "@/lib/i18n/translator";
import { TitleField } from "./title-field";

export interface ChatItemProps {
  chat: Chat;
  isCurrent: boolean;
  /** The one row of the list that Tab reaches. */
  isReachable: boolean;
  /** `null` while nothing is being selected. */
  isSelected: boolean | null;
  isRenaming: boolean;
  onOpen(chatId: string): void;
  onToggle(chatId: string, toHere: boolean): void;
  onRename(chatId: string, title: string): void;
  onStartRenaming(chatId: string): void;
  onEndRenaming(chatId: string): void;
}

export function ChatItem({ chat, isCurrent, isReachable, isSelected, isRenaming, ...on }: ChatItemProps) {
  const title = chat.title ?? t("chat.untitled");
  const tabIndex = isReachable ? 0 : -1;
  const isUnread = chat.unread && !isCurrent;
  const look = classNames(
    "flex h-full w-full items-center gap-2 rounded-md pl-2.5 text-start text-sm transition-colors",
    isSelected === null ? "pr-9 pointer-coarse:pr-12" : "pr-2.5",
    isUnread ? "font-semibold" : isCurrent && "font-medium",
    isCurrent || isSelected ? "bg-hover" : "hover:bg-hover hover:text-ink",
    isCurrent || isSelected || isUnread ? "text-ink" : "text-ink-soft",
  );

  if (isRenaming) {
    return (
      <TitleField
        title={chat.title ?? ""}
        onRename={(chosen) => on.onRename(chat.id, chosen)}
        onClose={() => on.onEndRenaming(chat.id)}
      />
    );
  }
  if (isSelected !== null) {
    return (
      // biome-ignore lint/a11y/useSemanticElements: a row of the list that looks as it did
      <button
        type="button"
        role="checkbox"
        aria-checked={isSelected}
        data-chat={chat.id}
        tabIndex={tabIndex}
        onClick={(event) => on.onToggle(chat.id, event.shiftKey)}
        className={look}
      >
        <span
          aria-hidden
          className={classNames(
            "grid size-4 shrink-0 place-items-center rounded-sm border",
            isSelected ? "border-accent bg-accent text-on-accent" : "border-line-strong",
          )}
        >
          {isSelected && <Check className="size-3" strokeWidth={3} />}
        </span>
        <Title chat={chat} isUnread={isUnread} title={title} />
      </button>
    );
  }

  function rename(event: MouseEvent) {
    event.preventDefault();
    if (!chat.deletedAt) on.onStartRenaming(chat.id);
  }
  return (
    <>
      <Link
        href={`/chat/${chat.id}`}
        prefetch={false}
        data-chat={chat.id}
        tabIndex={tabIndex}
        onClick={() => on.onOpen(chat.id)}
        onDoubleClick={rename}
        aria-current={isCurrent ? "page" : undefined}
        aria-description={isUnread ? t("sideBar.unread") : undefined}
        className={look}
      >
        <Title chat={chat} isUnread={isUnread} title={title} />
        <Opening />
      </Link>
      <ChatMenuButton
        chat={chat}
        tabIndex={tabIndex}
        onRename={() => on.onStartRenaming(chat.id)}
        aria-label={t("chat.options", { title })}
        className={classNames(
          "absolute inset-y-0 right-1 my-auto grid size-7 place-items-center rounded-sm text-ink-faint hover:text-ink focus-visible:opacity-100 group-hover/chat:opacity-100 aria-expanded:opacity-100 pointer-coarse:right-0 pointer-coarse:size-11 pointer-coarse:opacity-100",
          !isCurrent && "opacity-0",
        )}
      >
        <Ellipsis aria-hidden className="size-4" />
      </ChatMenuButton>
    </>
  );
}

function Title({ chat, isUnread, title }: { chat: Chat; isUnread: boolean; title: string }) {
  const isAnswering = chat.activeGeneration !== null;
  return (
    <>
      {(isAnswering || isUnread) && (
        <span
          aria-hidden
          className={classNames("size-1.5 shrink-0 rounded-full bg-accent", isAnswering && "animate-breathe")}
        />
      )}
      {isAnswering && <span className="sr-only">{t("sideBar.answering")}</span>}
      <span dir="auto" className="min-w-0 flex-1 truncate">
        {title}
      </span>
    </>
  );
}
