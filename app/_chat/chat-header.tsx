"use client";

import { ChevronDown, SquarePen } from "lucide-react";
import Link from "next/link";
import { Suspense } from "react";
import { lazyOrNothing } from "@/app/_ui/lazy-or-nothing";
import type { Chat } from "@/lib/chats/chat";
import { t } from "@/lib/i18n/translator";
import { useUnreadCount } from "./chat-list/unread-marks";
import { ChatMenuButton } from "./chat-menu/chat-menu-button";
import { ConnectionBadge } from "./connection-badge";
import { Opening } from "./opening";
import { SideBarOpener } from "./side-bar/side-bar-opener";
import { useSideBar } from "./side-bar/side-bar-state";

const ArchiveNotice = lazyOrNothing(() => import("./archive-notice"));
const ChatCharacter = lazyOrNothing(() => import("./cast/chat-character"));

/** `title` is what the server knew; the list, which has the chat, knows sooner of a new name. */
export function ChatHeader({ chat, title }: { chat: Chat | null; title: string | null }) {
  const { isOpen } = useSideBar();
  const unreadCount = useUnreadCount();
  const name = chat?.title ?? title ?? t("sideBar.newChat");
  return (
    <>
      <header className="flex top-bar shrink-0 items-center gap-1 px-2.5">
        <title>
          {`${unreadCount > 0 ? `(${unreadCount}) ` : ""}${chat || title ? `${name} · ` : ""}${t("app.name")}`}
        </title>
        <SideBarOpener />
        <h1 className="min-w-0 flex-1 text-sm font-medium text-ink-soft">
          {chat ? (
            <ChatMenuButton
              chat={chat}
              aria-label={t("chat.options", { title: name })}
              className="touch-target flex h-9 max-w-full items-center gap-1.5 rounded-md px-2.5 transition-colors hover:bg-hover hover:text-ink aria-expanded:bg-hover"
            >
              <span dir="auto" className="truncate">
                {name}
              </span>
              <ChevronDown aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
            </ChatMenuButton>
          ) : (
            <span className={title ? "block truncate px-2.5" : "sr-only"}>{name}</span>
          )}
        </h1>
        {chat?.characterId && (
          <Suspense>
            <ChatCharacter characterId={chat.characterId} />
          </Suspense>
        )}
        <ConnectionBadge />
        <Link
          href="/"
          prefetch={false}
          aria-label={t("sideBar.newChat")}
          data-tip={t("sideBar.newChat")}
          className={`touch-target inline-grid size-9 place-items-center rounded-md text-ink-soft transition-colors *:[grid-area:1/1] hover:bg-hover hover:text-ink ${isOpen ? "md:hidden" : ""}`}
        >
          <SquarePen aria-hidden className="size-[1.125rem]" strokeWidth={1.85} />
          <Opening className="size-8 stroke-1" />
        </Link>
      </header>
      {chat?.archived && !chat.deletedAt && (
        <Suspense>
          <ArchiveNotice chatId={chat.id} />
        </Suspense>
      )}
    </>
  );
}
