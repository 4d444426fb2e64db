"use client";

import { PanelLeft, X } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { useSideBar } from "@/app/_chat/side-bar-state";
import { IconButton } from "@/app/_ui/icon-button";
import { t } from "@/lib/i18n/characters-translator";

interface CharactersHeaderProps {
  title: string;
  /** Where closing leads to. */
  back?: string;
  children?: ReactNode;
}

export function CharactersHeader({ title, back = "/", children }: CharactersHeaderProps) {
  const { isOpen, open } = useSideBar();
  return (
    <header className="flex h-14 shrink-0 items-center gap-1 pt-[env(safe-area-inset-top)] pr-[calc(0.625rem+env(safe-area-inset-right))] pl-[calc(0.625rem+env(safe-area-inset-left))]">
      <IconButton
        icon={PanelLeft}
        label={t("sideBar.open")}
        onClick={open}
        className={isOpen ? "md:hidden" : undefined}
      />
      <h1 dir="auto" className="min-w-0 flex-1 truncate px-2.5 text-sm font-medium text-ink-soft">
        {title}
      </h1>
      {children}
      <Link
        href={back}
        prefetch={false}
        aria-label={t(back === "/" ? "characters.close" : "characters.showAll")}
        data-tip={t(back === "/" ? "characters.close" : "characters.showAll")}
        className="touch-target inline-grid size-9 place-items-center rounded-md text-ink-soft transition-colors hover:bg-hover hover:text-ink"
      >
        <X aria-hidden className="size-[1.125rem]" strokeWidth={1.85} />
      </Link>
    </header>
  );
}
