"use client";

import { X } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { SideBarOpener } from "@/app/_chat/side-bar/side-bar-opener";

interface PanelHeaderProps {
  title: string;
  /** Where closing leads to, and what that is called. */
  back: string;
  backLabel: string;
  children?: ReactNode;
}

/** Above what is shown in the place of a chat. */
export function PanelHeader({ title, back, backLabel, children }: PanelHeaderProps) {
  return (
    <header className="flex top-bar shrink-0 items-center gap-1 px-2.5">
      <SideBarOpener />
      <h1 dir="auto" className="min-w-0 flex-1 truncate px-2.5 text-sm font-medium text-ink-soft">
        {title}
      </h1>
      {children}
      <Link
        href={back}
        prefetch={false}
        aria-label={backLabel}
        data-tip={backLabel}
        className="touch-target inline-grid size-9 place-items-center rounded-md text-ink-soft transition-colors hover:bg-hover hover:text-ink"
      >
        <X aria-hidden className="size-[1.125rem]" strokeWidth={1.85} />
      </Link>
    </header>
  );
}
