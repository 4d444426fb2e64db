"use client";

import { Ellipsis, LoaderCircle } from "lucide-react";
import Link, { useLinkStatus } from "next/link";
import { classNames } from "@/app/_ui/class-names";
import type { Chat } from "@/lib/chats/chat";
import { t } from "@/lib/i18n/translator";
import { ChatMenuButton } from "./chat-menu-button";

interface ChatItemProps {
  chat: Chat;
  isCurrent: boolean;
  onOpen(): void;
}

export function ChatItem({ chat, isCurrent, onOpen }: ChatItemProps) {
  const title = chat.title ?? t("chat.untitled");
  return (
    <li className="group/chat relative">
      <Link
        href={`/chat/${chat.id}`}
        prefetch={false}
        onClick={onOpen}
        aria-current={isCurrent ? "page" : undefined}
        className={classNames(
          "flex h-9 items-center gap-2 rounded-md pr-9 pl-2.5 text-sm transition-colors pointer-coarse:h-11 pointer-coarse:pr-12",
          isCurrent ? "bg-hover font-medium text-ink" : "text-ink-soft hover:bg-hover hover:text-ink",
        )}
      >
        {chat.activeGeneration && (
          <>
            <span aria-hidden className="size-1.5 shrink-0 animate-breathe rounded-full bg-accent" />
            <span className="sr-only">{t("sideBar.answering")}</span>
          </>
        )}
        <span dir="auto" className="min-w-0 flex-1 truncate text-start">
          {title}
        </span>
        <Opening />
      </Link>
      <ChatMenuButton
        chat={chat}
        aria-label={t("chat.options", { title })}
        className={classNames(
          "absolute inset-y-0 right-1 my-auto grid size-7 place-items-center rounded-sm text-ink-faint hover:text-ink focus-visible:opacity-100 group-hover/chat:opacity-100 aria-expanded:opacity-100 pointer-coarse:right-0 pointer-coarse:size-11 pointer-coarse:opacity-100",
          !isCurrent && "opacity-0",
        )}
      >
        <Ellipsis aria-hidden className="size-4" />
      </ChatMenuButton>
    </li>
  );
}

/** Shows only when the chat takes longer to open than a glance. */
function Opening() {
  const { pending } = useLinkStatus();
  if (!pending) return null;
  return (
    <span className="animate-appear-late">
      <LoaderCircle aria-hidden className="size-3.5 animate-spin text-ink-faint" />
    </span>
  );
}
