"use client";

import { Info } from "lucide-react";
import { lazy, useSyncExternalStore } from "react";
import type { ChatMessage } from "@/app/_client/session/chat-message";
import type { ChatSession } from "@/app/_client/session/chat-session";
import { classNames } from "@/app/_ui/class-names";
import { MenuButton } from "@/app/_ui/menu-button";
import { t } from "@/lib/i18n/translator";

const loadDetails = () => import("./answer-details");
const AnswerDetails = lazy(loadDetails);

interface DetailsButtonProps {
  session: ChatSession;
  message: ChatMessage;
  /** Narrow windows have no room for the name beside what else is there. */
  isShort: boolean;
}

/** The model's name; behind it, all that is known of how it answered. */
export function DetailsButton({ session, message, isShort }: DetailsButtonProps) {
  const model = message.metadata?.model;
  const readName = () => (model ? session.chosen.nameOf(model) : t("details.title"));
  const name = useSyncExternalStore(session.chosen.subscribe, readName, readName);
  return (
    <MenuButton
      popup="dialog"
      preload={loadDetails}
      aria-label={t("details.of", { name })}
      data-tip={t("details.title")}
      className="touch-target flex min-h-8 min-w-0 items-center pointer-coarse:min-h-11 pointer-coarse:min-w-11 rounded-md px-1.5 transition-colors hover:bg-hover hover:text-ink aria-expanded:bg-hover"
      renderMenu={(menu) => <AnswerDetails {...menu} session={session} message={message} />}
    >
      {isShort && <Info aria-hidden className="mx-auto size-4 text-ink-soft md:hidden" strokeWidth={1.85} />}
      <span className={classNames("truncate", isShort && "max-md:hidden")}>{name}</span>
    </MenuButton>
  );
}
