"use client";

import { lazy } from "react";
import type { ChatMessage } from "@/app/_client/chat-message";
import type { ChatSession } from "@/app/_client/chat-session";
import { MenuButton } from "@/app/_ui/menu-button";
import { t } from "@/lib/i18n/translator";

const loadDetails = () => import("./answer-details");
const AnswerDetails = lazy(loadDetails);

/** The model's name; behind it, all that is known of how it answered. */
export function DetailsButton({ session, message }: { session: ChatSession; message: ChatMessage }) {
  const name = message.metadata?.model ?? t("details.title");
  return (
    <MenuButton
      popup="dialog"
      preload={loadDetails}
      aria-label={t("details.of", { name })}
      data-tip={t("details.title")}
      className="touch-target min-h-8 min-w-0 truncate pointer-coarse:min-h-11 rounded-md px-1.5 transition-colors hover:bg-hover hover:text-ink aria-expanded:bg-hover"
      renderMenu={(menu) => <AnswerDetails {...menu} session={session} message={message} />}
    >
      {name}
    </MenuButton>
  );
}
