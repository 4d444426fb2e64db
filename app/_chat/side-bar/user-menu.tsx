"use client";

import { ChevronsUpDown, UserRound } from "lucide-react";
import { useRouter } from "next/navigation";
import { lazy, Suspense, useState, useTransition } from "react";
import { LateSpinner } from "@/app/_chat/opening";
import { MenuButton } from "@/app/_ui/menu-button";
import { t } from "@/lib/i18n/translator";
import { useSideBar } from "./side-bar-state";

const UserMenuPanel = lazy(() => import("./user-menu-panel"));
const LeaveGuestDialog = lazy(() => import("./leave-guest-dialog"));

/** With what the menu opens: then nothing that is chosen there can fail to load. */
const loadMenu = () => Promise.all([import("./user-menu-panel"), import("./leave-guest-dialog")]);

export interface Person {
  name: string | null;
  email: string | null;
  isGuest: boolean;
  /** A guest who may make their chats last. */
  canSignUp: boolean;
}

export function UserMenu({ person }: { person: Person }) {
  const router = useRouter();
  const { leaveDrawerFor } = useSideBar();
  const [isLeaving, setLeaving] = useState(false);
  const [isGoing, startGoing] = useTransition();
  const name = person.isGuest ? t("user.guest") : (person.name ?? person.email ?? t("user.unnamed"));
  const note = person.isGuest ? t("user.guestNote") : person.name && person.email;

  function go(path: string) {
    leaveDrawerFor(path);
    startGoing(() => router.push(path));
  }
  return (
    <>
      <MenuButton
        preload={loadMenu}
        className="flex min-h-12 w-full items-center gap-3 rounded-md px-2 py-1.5 text-left transition-colors hover:bg-hover aria-expanded:bg-hover"
        renderMenu={(menu) => (
          <UserMenuPanel {...menu} person={person} onLeaveAsGuest={() => setLeaving(true)} onGo={go} />
        )}
      >
        <span
          aria-hidden
          className="grid size-8 shrink-0 place-items-center rounded-full bg-accent-soft text-sm font-semibold text-accent"
        >
          {person.isGuest ? <UserRound className="size-4" /> : initialOf(name)}
        </span>
        <span className="min-w-0 flex-1">
          <span className="sr-only">{t("user.menu")}</span>
          <span dir="auto" className="block truncate text-start text-sm font-medium">
            {name}
          </span>
          {note && <span className="block truncate text-xs text-ink-faint">{note}</span>}
        </span>
        {isGoing && <LateSpinner className="size-4" />}
        <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-ink-faint" />
      </MenuButton>
      <Suspense>
        {isLeaving && <LeaveGuestDialog canSignUp={person.canSignUp} onClose={() => setLeaving(false)} />}
      </Suspense>
    </>
  );
}

function initialOf(name: string): string {
  return (Array.from(name.trim())[0] ?? "?").toUpperCase();
}
