"use client";

import type { ReactNode } from "react";
import { PanelHeader } from "@/app/(chat)/panel-header";
import { t } from "@/lib/i18n/characters-translator";

interface CharactersHeaderProps {
  title: string;
  /** Where closing leads to. */
  back?: string;
  children?: ReactNode;
}

export function CharactersHeader({ title, back = "/", children }: CharactersHeaderProps) {
  const backLabel = t(back === "/" ? "characters.close" : "characters.showAll");
  return (
    <PanelHeader title={title} back={back} backLabel={backLabel}>
      {children}
    </PanelHeader>
  );
}
