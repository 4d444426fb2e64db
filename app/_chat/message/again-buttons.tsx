"use client";

import { ChevronDown, RefreshCw } from "lucide-react";
import { lazy } from "react";
import type { ModelName } from "@/app/_chat/models/model-choice";
import type { ChatSession } from "@/app/_client/session/chat-session";
import { IconButton } from "@/app/_ui/icon-button";
import { MenuButton } from "@/app/_ui/menu-button";
import { showToast } from "@/app/_ui/toasts";
import { t } from "@/lib/i18n/translator";

const loadPicker = () => import("@/app/_chat/models/model-picker");
const ModelPicker = lazy(loadPicker);

interface AgainButtonsProps {
  session: ChatSession;
  messageId: string;
  /** What has answered. */
  model: string | null;
}

/** Another answer to the same question, from the same model or from another one. */
export function AgainButtons({ session, messageId, model }: AgainButtonsProps) {
  function again(otherModel?: ModelName) {
    if (session.isBusy()) showToast(t("versions.busy"));
    else void session.answerAgain(messageId, otherModel);
  }
  return (
    <div className="flex shrink-0 items-center">
      <IconButton icon={RefreshCw} label={t("answer.again")} size="small" onClick={() => again()} />
      <MenuButton
        popup="listbox"
        preload={loadPicker}
        aria-label={t("answer.againWith")}
        data-tip={t("answer.againWith")}
        className="touch-target -ms-1 inline-grid h-8 w-6 place-items-center rounded-md text-ink-soft transition-colors hover:bg-hover hover:text-ink aria-expanded:bg-hover"
        renderMenu={(menu) => <ModelPicker {...menu} chosen={model ?? ""} onChoose={again} />}
      >
        <ChevronDown aria-hidden className="size-3.5" />
      </MenuButton>
    </div>
  );
}
