"use client";

import { CircleStop, Spline } from "lucide-react";
import { type ChatMessage, textOfMessage } from "@/app/_client/chat-message";
import { Button } from "@/app/_ui/button";
import { classNames } from "@/app/_ui/class-names";
import { CopyButton } from "@/app/_ui/copy-button";
import { t } from "@/lib/i18n/translator";

interface AnswerFooterProps {
  message: ChatMessage;
  isLive: boolean;
  isSlow: boolean;
  isLast: boolean;
  onContinue?: () => void;
}

/** Below an answer: that it still grows, or what can be done with it. As high either way, so that nothing jumps. */
export function AnswerFooter({ message, isLive, isSlow, isLast, onContinue }: AnswerFooterProps) {
  const { status, model, seams } = message.metadata ?? {};
  const hasText = textOfMessage(message) !== "";
  return (
    <footer className="mt-1.5 flex min-h-8 items-center gap-2 text-xs text-ink-faint">
      {isLive && (
        <>
          <span aria-hidden className="size-2 animate-breathe rounded-full bg-accent" />
          <span className={isSlow ? undefined : "sr-only"}>
            {isSlow ? t("answer.slow") : t("answer.writing")}
          </span>
        </>
      )}
      {!isLive && status === "stopped" && (
        <span className="flex items-center gap-1.5">
          <CircleStop aria-hidden className="size-3.5" />
          {t("answer.stopped")}
        </span>
      )}
      {onContinue && (
        <Button size="small" look="quiet" className="-ms-1.5" onClick={onContinue}>
          {t("action.continue")}
        </Button>
      )}
      {seams && seams.length > 0 && (
        <span data-tip={t("answer.seamHint")} className="order-last ms-auto flex items-center gap-1.5">
          <Spline aria-hidden className="size-3.5" />
          <span aria-hidden>{t("answer.seam")}</span>
          <span className="sr-only">{t("answer.seamHint")}</span>
        </span>
      )}
      {!isLive && hasText && (
        <div
          className={classNames(
            "flex items-center gap-2 transition-opacity focus-within:opacity-100 group-hover/message:opacity-100 pointer-coarse:opacity-100",
            status !== "stopped" && "-ms-2 pointer-coarse:-ms-3.5",
            !isLast && "opacity-0",
          )}
        >
          <CopyButton
            label={t("message.copy")}
            copiedLabel={t("message.copied")}
            failedLabel={t("message.copyFailed")}
            read={() => textOfMessage(message)}
          />
          {model && <span className="min-w-0 truncate">{model}</span>}
        </div>
      )}
    </footer>
  );
}
