"use client";

import { PanelLeft } from "lucide-react";
import { IconButton } from "@/app/_ui/icon-button";
import { t } from "@/lib/i18n/translator";
import { useSideBar } from "./side-bar-state";

/** Stands at the start of a page's header while the side bar is not beside it. */
export function SideBarOpener() {
  const { isOpen, open } = useSideBar();
  return (
    <IconButton
      icon={PanelLeft}
      label={t("sideBar.open")}
      data-side-bar-opener
      onClick={open}
      className={isOpen ? "md:hidden" : undefined}
    />
  );
}
