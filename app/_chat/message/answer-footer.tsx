"use client";

import { CircleStop, PencilLine, Scissors, Spline } from "lucide-react";
import type { RefObject } from "react";
import { focusToQuestion } from "@/app/_chat/composer/focus-to-question";
import type { Attempt } from "@/app/_chat/errors/use-attempt";
import { type ChatMessage, markdownOfMessage, textOfMessage } from "@/app/_client/session/chat-message";
import type { ChatSession } from "@/app/_client/session/chat-session";
import { Button } from "@/app/_ui/button";
import { classNames } from "@/app/_ui/class-names";
import { CopyButton } from "@/app/_ui/copy-button";
import { writeClipboard } from "@/app/_ui/write-clipboard";
import { t } from "@/lib/i18n/translator";
import { AgainButtons } from "./again-buttons";
import { DetailsButton } from "./details-button";
import { MessageMenuButton } from "./message-menu-button";
import { richTextOf } from "./rich-text";
import { Versions } from "./versions";

interface AnswerFooterProps {
  message: ChatMessage;
  session: ChatSession;
  versions: readonly string[];
  /** Where the answer is drawn. */
  article: RefObject<HTMLElement | null>;
  attempt: Attempt;
  onEdit(): void;
  isLive: boolean;
  isSlow: boolean;
  isLast: boolean;
  isReadOnly: boolean;
  onContinue?: () => void;
}

/** Below an answer: that it still grows, or what can be done with it. As high either way, so that nothing jumps. */
export function AnswerFooter({
  message,
  session,
  versions,
  article,
  attempt,
  onEdit,
  isLive,
  isSlow,
  isLast,
  isReadOnly,
  onContinue,
}: AnswerFooterProps) {
  const { status, model, seams, edited, parentId, finishReason } = message.metadata ?? {};
  // The first message of a character answers nothing, and no model has written it.
  const isOpening = parentId === null;
  const text = textOfMessage(message);
  const isCut = status === "complete" && finishReason;
  const readHtml = () => richTextOf(article.current);
  return (
    <footer
      className={classNames(
        "mt-1.5 flex min-h-8 flex-wrap items-center gap-x-2 text-xs text-ink-faint",
        outdent,
      )}
    >
      {isLive && (
        <>
          <span aria-hidden className={classNames("size-2 animate-breathe rounded-full bg-accent", indent)} />
          {isSlow ? t("answer.slow") : t("answer.writing")}
        </>
      )}
      {!isLive && status === "stopped" && (
        <span className={classNames("flex items-center gap-1.5", indent)}>
          <CircleStop aria-hidden className="size-3.5" />
          {t("answer.stopped")}
        </span>
      )}
      {!isLive && isCut && (
        <span className={classNames("flex items-center gap-1.5", indent)}>
          <Scissors aria-hidden className="size-3.5" />
          {t(`answer.cut.${finishReason}`)}
        </span>
      )}
      {!isLive && edited && (
        <span className={classNames("flex items-center gap-1.5", indent)}>
          <PencilLine aria-hidden className="size-3.5" />
          {t("answer.edited")}
        </span>
      )}
      {onContinue && (
        <Button size="small" look="quiet" ref={focusToQuestion} onClick={onContinue}>
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
      {!isLive && status !== "streaming" && (
        <>
          {!isReadOnly && <Versions session={session} messageId={message.id} versions={versions} />}
          <div
            ref={focusToQuestion}
            className={classNames(
              "flex min-w-0 max-w-full items-center gap-1 transition-opacity focus-within:opacity-100 group-hover/message:opacity-100 has-aria-expanded:opacity-100 pointer-coarse:opacity-100",
              !isLast && "opacity-0",
            )}
          >
            {text !== "" && (
              <CopyButton
                label={t("message.copy")}
                copiedLabel={t("message.copied")}
                failedLabel={t("message.copyFailed")}
                read={() => markdownOfMessage(message)}
                readHtml={readHtml}
              />
            )}
            {!isReadOnly && (
              <>
                {!isOpening && (
                  <AgainButtons session={session} messageId={message.id} model={model ?? null} />
                )}
                <MessageMenuButton
                  session={session}
                  messageId={message.id}
                  attempt={attempt}
                  editLabel={t("message.editAnswer")}
                  onEdit={text === "" ? undefined : onEdit}
                  onCopy={() => writeClipboard(markdownOfMessage(message), readHtml())}
                />
              </>
            )}
            {!isOpening && (
              <DetailsButton session={session} message={message} isShort={versions.length > 1} />
            )}
          </div>
        </>
      )}
    </footer>
  );
}

/** A button's picture stands where the text begins, in every row. */
const outdent = "-ms-2 pointer-coarse:-ms-3.5";
const indent = "ms-2 pointer-coarse:ms-3.5";
