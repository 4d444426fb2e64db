"use client";

import { usePathname, useRouter } from "next/navigation";
import { lazy, Suspense, useLayoutEffect, useState } from "react";
import { useKnownChat } from "@/app/_chat/chat-list/chat-list";
import { useChatActions } from "@/app/_chat/chat-menu/use-chat-actions";
import { chatIdOf } from "@/app/_chat/chat-path";
import { useSideBar } from "@/app/_chat/side-bar/side-bar-state";
import { offerActions, offeredActions } from "@/app/_client/page/actions";
import { isPressed, isSingleKey } from "@/app/_client/page/shortcuts";
import { chooseTheme, singleKeys } from "@/app/_client/preferences";
import { showToast } from "@/app/_ui/toasts";
import { t } from "@/lib/i18n/translator";

const loadPalette = () => import("./command-palette");
const CommandPalette = lazy(loadPalette);
const loadSheet = () => import("./shortcut-sheet");
const ShortcutSheet = lazy(loadSheet);
const loadRename = () => import("@/app/_chat/chat-menu/rename-dialog");
const RenameDialog = lazy(loadRename);

type Shown = "palette" | "shortcuts" | "rename" | null;

/** What can be done from everywhere, by palette or by keys. Draws nothing until it is asked for. */
export function Commands() {
  const [shown, setShown] = useState<Shown>(null);
  const actions = useChatActions();
  const router = useRouter();
  const sideBar = useSideBar();
  const current = chatIdOf(usePathname());
  const chat = useKnownChat(current ?? "", false);
  const close = () => setShown(null);

  useLayoutEffect(() => {
    const open = (what: Exclude<Shown, null>, load?: () => Promise<unknown>) => async () => {
      try {
        await load?.();
        setShown((before) => (before === what ? null : what));
      } catch {
        showToast(t("connection.lost"));
      }
    };
    return offerActions({
      openPalette: open("palette", loadPalette),
      openShortcuts: open("shortcuts", loadSheet),
      newChat: () => router.push("/"),
      toggleSideBar: sideBar.isOpen && isWide() ? sideBar.close : sideBar.open,
      themeSystem: () => chooseTheme("system"),
      themeLight: () => chooseTheme("light"),
      themeDark: () => chooseTheme("dark"),
      openCharacters: () => router.push("/characters"),
      openSettings: () => router.push("/settings"),
      ...(chat &&
        !chat.deletedAt && {
          renameChat: open("rename", loadRename),
          [chat.pinned ? "unpinChat" : "pinChat"]: () => actions.pin(chat.id, !chat.pinned),
          archiveChat: () => {
            router.push("/");
            actions.archive([chat.id], true);
          },
        }),
    });
  }, [chat, actions, router, sideBar]);

  // Before the page is painted: a shortcut that is pressed as soon as it is seen must not be lost.
  useLayoutEffect(() => {
    window.addEventListener("keydown", runShortcut);
    return () => window.removeEventListener("keydown", runShortcut);
  }, []);

  return (
    <Suspense>
      {shown === "palette" && <CommandPalette onClose={close} />}
      {shown === "shortcuts" && <ShortcutSheet onClose={close} />}
      {shown === "rename" && chat && (
        <RenameDialog
          title={chat.title ?? ""}
          onClose={close}
          onRename={(title) => actions.rename(chat.id, title)}
        />
      )}
    </Suspense>
  );
}

const globalShortcuts = ["openPalette", "openShortcuts", "newChat", "stopAnswer", "copyAnswer"] as const;

function runShortcut(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.repeat) return;
  const name = globalShortcuts.find((candidate) => isPressed(candidate, event));
  if (name === undefined) return;
  if (isSingleKey(name, event) && (isTyping(event.target) || singleKeys.read() === "off")) return;
  // What is modal keeps its keys; only the palette closes by the keys that open it.
  const modal = document.querySelector("dialog[open]");
  if (modal && !(name === "openPalette" && modal.querySelector("[data-palette]"))) return;
  const run = offeredActions()[name];
  if (!run) return;
  event.preventDefault();
  run();
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches("input, textarea, select, [role='menu'] *, [role='listbox'] *"))
  );
}

/** Tailwind's `md`: narrower, the side bar is a drawer. */
function isWide(): boolean {
  return window.matchMedia("(min-width: 48rem)").matches;
}
