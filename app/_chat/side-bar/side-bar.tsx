"use client";

import { Command, PanelLeftClose, SquarePen } from "lucide-react";
import Link from "next/link";
import { useIsMac } from "@/app/_chat/commands/use-is-mac";
import { Opening } from "@/app/_chat/opening";
import { offeredActions } from "@/app/_client/page/actions";
import { ariaKeysOf, keyNames, shortcuts } from "@/app/_client/page/shortcuts";
import { IconButton } from "@/app/_ui/icon-button";
import { Mark } from "@/app/_ui/mark";
import { t } from "@/lib/i18n/translator";
import { SideBarChats } from "./side-bar-chats";
import { useSideBar } from "./side-bar-state";
import { type Person, UserMenu } from "./user-menu";

export function SideBar({ person, today }: { person: Person; today: number }) {
  const { close, closeDrawer, leaveDrawerFor } = useSideBar();
  const isMac = useIsMac();
  const above = (
    <>
      <div className="top-bar flex shrink-0 items-center gap-1 pr-2.5 pl-5">
        <Mark className="size-5 text-accent" />
        <span className="ml-1 flex-1 font-display text-lg font-semibold tracking-tight">{t("app.name")}</span>
        <IconButton
          icon={Command}
          label={t("sideBar.palette")}
          aria-haspopup="dialog"
          aria-keyshortcuts={ariaKeysOf("openPalette", isMac)}
          onClick={() => {
            // What is chosen there is behind the drawer.
            closeDrawer();
            offeredActions().openPalette?.();
          }}
        />
        <IconButton icon={PanelLeftClose} label={t("sideBar.close")} data-side-bar-closer onClick={close} />
      </div>
      <div className="shrink-0 px-2.5 pb-2">
        <Link
          href="/"
          prefetch={false}
          onClick={() => leaveDrawerFor("/")}
          aria-keyshortcuts={ariaKeysOf("newChat", isMac)}
          className="touch-target group flex h-10 items-center gap-2.5 rounded-md px-2.5 text-sm font-medium transition-colors hover:bg-hover"
        >
          <SquarePen aria-hidden className="size-[1.125rem] text-accent" strokeWidth={1.85} />
          <span className="flex-1">{t("sideBar.newChat")}</span>
          <Opening />
          <kbd
            aria-hidden
            className="font-sans text-xs text-ink-faint opacity-0 transition-opacity group-hover:opacity-100 group-focus-visible:opacity-100 pointer-coarse:hidden"
          >
            {keyNames(shortcuts.newChat.keys[0], isMac).join(" ")}
          </kbd>
        </Link>
      </div>
    </>
  );
  const below = (
    <div className="shrink-0 border-t border-line p-2.5 pb-[calc(0.625rem+env(safe-area-inset-bottom))]">
      <UserMenu person={person} />
    </div>
  );
  return (
    <SideBarChats
      today={today}
      onOpen={(chatId) => leaveDrawerFor(`/chat/${chatId}`)}
      above={above}
      below={below}
    />
  );
}
