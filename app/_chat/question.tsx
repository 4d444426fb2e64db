"use client";

import { Check, CircleAlert } from "lucide-react";
import { memo, useId, useState } from "react";
import { type ChatMessage, textOfMessage } from "@/app/_client/chat-message";
import type { ChatSession } from "@/app/_client/chat-session";
import { classNames } from "@/app/_ui/class-names";
import { CopyButton } from "@/app/_ui/copy-button";
import { t } from "@/lib/i18n/translator";
import { ErrorNotice } from "./error-notice";

interface QuestionProps {
  message: ChatMessage;
  session: ChatSession;
  /** Its answer has not begun. */
  isWaiting: boolean;
}

export const Question = memo(function Question({ message, session, isWaiting }: QuestionProps) {
  const nameId = useId();
  const text = textOfMessage(message);
  const { delivery, error, failedAt } = message.metadata ?? {};
  return (
    <article
      aria-labelledby={nameId}
      data-message={message.id}
      data-question
      className="group/message relative mt-10 mb-5 first:mt-0"
    >
      <h2 id={nameId} className="sr-only">
        {t("message.question")}
      </h2>
      <div
        className={classNames(
          "rounded-e-lg border-s-[3px] py-2.5 ps-4 pe-12 transition-colors",
          delivery === "failed" ? "border-danger bg-danger-soft" : "border-accent bg-accent-soft/60",
        )}
      >
        <QuestionText text={text} />
      </div>
      <CopyButton
        label={t("message.copy")}
        copiedLabel={t("message.copied")}
        failedLabel={t("message.copyFailed")}
        read={() => text}
        className="absolute end-1.5 top-1.5 opacity-0 focus-visible:opacity-100 group-hover/message:opacity-100 pointer-coarse:opacity-100"
      />
      <Delivery state={delivery ?? (isWaiting ? "sent" : null)} />
      {delivery === "failed" && error && (
        <ErrorNotice
          error={error}
          failedAt={failedAt}
          onRetry={() => session.resend(message.id)}
          canAlwaysRetry
          onEdit={() => session.withdraw(message.id)}
        />
      )}
    </article>
  );
});

function QuestionText({ text }: { text: string }) {
  const [isOpen, setOpen] = useState(false);
  const isLong = text.length > longText || text.split("\n", longLines + 1).length > longLines;
  return (
    <>
      <div
        className={classNames(
          "whitespace-pre-wrap text-start font-medium leading-relaxed [overflow-wrap:anywhere] [unicode-bidi:plaintext]",
          isLong && !isOpen && "line-clamp-[10]",
        )}
      >
        {text}
      </div>
      {isLong && (
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="mt-1 py-1 text-sm text-accent underline-offset-4 hover:underline pointer-coarse:py-3"
        >
          {isOpen ? t("message.less") : t("message.more")}
        </button>
      )}
    </>
  );
}

const longText = 1400;
const longLines = 14;

function Delivery({ state }: { state: "sending" | "sent" | "failed" | null }) {
  if (state === null) return null;
  return (
    <p
      className={classNames(
        "mt-1.5 flex items-center gap-1.5 text-xs",
        state === "failed" ? "text-danger" : "absolute end-0 top-full animate-appear-late text-ink-faint",
      )}
    >
      {state === "sent" && <Check aria-hidden className="size-3.5" />}
      {state === "failed" && <CircleAlert aria-hidden className="size-3.5" />}
      {t(`delivery.${state}`)}
    </p>
  );
}
