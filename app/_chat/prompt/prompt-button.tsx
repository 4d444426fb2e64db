"use client";

import { ScrollText } from "lucide-react";
import { lazy, useEffect, useId } from "react";
import { offerActions } from "@/app/_client/page/actions";
import type { ChatSession } from "@/app/_client/session/chat-session";
import { MenuButton } from "@/app/_ui/menu-button";
import { t } from "@/lib/i18n/translator";

const loadPreview = () => import("./prompt-preview");
const PromptPreview = lazy(loadPreview);

/** Shows what the question would be sent with. */
export function PromptButton({ session, readText }: { session: ChatSession; readText(): string }) {
  const buttonId = useId();
  useEffect(
    () => offerActions({ previewPrompt: () => document.getElementById(buttonId)?.click() }),
    [buttonId],
  );
  return (
    <MenuButton
      id={buttonId}
      popup="dialog"
      preload={loadPreview}
      aria-label={t("composer.prompt")}
      data-tip={t("composer.prompt")}
      className="touch-target inline-grid size-9 shrink-0 place-items-center rounded-full text-ink-soft transition-colors hover:bg-hover hover:text-ink"
      renderMenu={({ close }) => <PromptPreview session={session} readText={readText} onClose={close} />}
    >
      <ScrollText aria-hidden className="size-[1.125rem]" strokeWidth={1.85} />
    </MenuButton>
  );
}
