"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { followKeyboard } from "@/app/_client/page/follow-keyboard";
import { keepShell } from "@/app/_client/page/keep-shell";
import { useFocusInPage } from "@/app/_client/page/use-focus-in-page";
import { Dialog } from "@/app/_ui/dialog";
import { SwipeArea } from "@/app/_ui/swipe-area";
import { Toasts } from "@/app/_ui/toasts";
import { TooltipLayer } from "@/app/_ui/tooltip-layer";
import { t } from "@/lib/i18n/translator";
import { ChatListProvider } from "./chat-list/chat-list";
import type { ChatPage } from "./chat-list/chat-listing";
import { UnreadMarks } from "./chat-list/unread-marks";
import { Commands } from "./commands/commands";
import { LiveUpdates } from "./live-updates";
import { SideBar } from "./side-bar/side-bar";
import { SideBarProvider, useSideBar } from "./side-bar/side-bar-state";
import { useFocusAcross } from "./side-bar/use-focus-across";
import type { Person } from "./side-bar/user-menu";

interface ChatShellProps {
  firstPage: ChatPage;
  unreadCount: number;
  userId: string;
  /** The number of the person's last event before this page was read. */
  seenSeq: number;
  person: Person;
  /** The server's day, for the first drawing; the reader's own follows. */
  today: number;
  startsOpen: boolean;
  children: ReactNode;
}

/** Side bar and chat, next to each other or one over the other. */
export function ChatShell({
  firstPage,
  unreadCount,
  userId,
  seenSeq,
  person,
  today,
  startsOpen,
  children,
}: ChatShellProps) {
  return (
    <ChatListProvider firstPage={firstPage} unreadCount={unreadCount}>
      <SideBarProvider startsOpen={startsOpen}>
        <a
          href="#main"
          className="fixed top-2 left-2 z-40 -translate-y-20 rounded-md bg-raised px-4 py-2 text-sm focus:translate-y-0 focus:shadow-popover"
        >
          {t("shell.skip")}
        </a>
        <Panes person={person} today={today}>
          {children}
        </Panes>
        <Commands />
        <LiveUpdates userId={userId} seenSeq={seenSeq} />
        <UnreadMarks />
        <TooltipLayer />
      </SideBarProvider>
    </ChatListProvider>
  );
}

function Panes({ person, today, children }: Pick<ChatShellProps, "person" | "today" | "children">) {
  const { isOpen, isDrawerOpen, open, closeDrawer } = useSideBar();
  const main = useRef<HTMLElement>(null);
  const aside = useRef<HTMLElement>(null);
  useFocusInPage(main);
  useFocusAcross(aside, isOpen);
  useEffect(followKeyboard, []);
  useEffect(keepShell, []);
  return (
    <div className="flex h-[var(--view-height,100dvh)] overflow-hidden">
      <aside
        ref={aside}
        inert={!isOpen}
        className={`hidden shrink-0 overflow-hidden bg-sunken transition-[width] duration-200 ease-out md:block ${isOpen ? "w-[calc(17.5rem+env(safe-area-inset-left))]" : "w-0"}`}
      >
        <SideBar person={person} today={today} />
      </aside>
      {isDrawerOpen && (
        <Dialog title={t("sideBar.label")} shape="drawer" onClose={closeDrawer}>
          <SwipeArea to="start" onSwipe={closeDrawer}>
            <SideBar person={person} today={today} />
          </SwipeArea>
          <Toasts dismissLabel={t("action.dismiss")} />
        </Dialog>
      )}
      <main
        ref={main}
        id="main"
        tabIndex={-1}
        className={`relative min-w-0 flex-1 touch-pan-y touch-pinch-zoom pr-[env(safe-area-inset-right)] pl-[env(safe-area-inset-left)] outline-none ${isOpen ? "md:pl-0" : ""}`}
      >
        <SwipeArea to="end" onSwipe={open}>
          {children}
        </SwipeArea>
        {!isDrawerOpen && <Toasts dismissLabel={t("action.dismiss")} />}
      </main>
    </div>
  );
}
