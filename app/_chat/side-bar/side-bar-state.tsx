"use client";

import { usePathname } from "next/navigation";
import { createContext, type ReactNode, use, useMemo, useState } from "react";
import { rememberSideBar } from "@/app/_client/preferences";

/** Wide windows have the side bar beside the chat, open or closed; narrow ones have it in a drawer. */
interface SideBarState {
  isOpen: boolean;
  isDrawerOpen: boolean;
  open(): void;
  close(): void;
  closeDrawer(): void;
  /** Closes it once the page at `path` is there: until then what was chosen shows that it is on its way. */
  leaveDrawerFor(path: string): void;
}

const SideBarContext = createContext<SideBarState | null>(null);

export function useSideBar(): SideBarState {
  const state = use(SideBarContext);
  if (state === null) throw new Error("useSideBar needs a SideBarProvider above it");
  return state;
}

export function SideBarProvider({ startsOpen, children }: { startsOpen: boolean; children: ReactNode }) {
  const [isOpen, setOpen] = useState(startsOpen);
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const [leavingFor, setLeavingFor] = useState<string | null>(null);
  const pathname = usePathname();
  if (leavingFor === pathname) {
    setLeavingFor(null);
    setDrawerOpen(false);
  }

  const state = useMemo<SideBarState>(
    () => ({
      isOpen,
      isDrawerOpen,
      open() {
        if (!window.matchMedia(wideWindow).matches) return setDrawerOpen(true);
        setOpen(true);
        rememberSideBar("open");
      },
      close() {
        setDrawerOpen(false);
        if (!window.matchMedia(wideWindow).matches) return;
        setOpen(false);
        rememberSideBar("closed");
      },
      closeDrawer: () => setDrawerOpen(false),
      leaveDrawerFor: setLeavingFor,
    }),
    [isOpen, isDrawerOpen],
  );
  return <SideBarContext value={state}>{children}</SideBarContext>;
}

/** Tailwind's `md`. */
const wideWindow = "(min-width: 48rem)";
