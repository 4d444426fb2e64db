"use client";

import { memo, Suspense, startTransition, useId, useRef, useState } from "react";
import { focusToQuestion } from "@/app/_chat/composer/focus-to-question";
import { AttemptNotice } from "@/app/_chat/errors/attempt-notice";
import { ErrorNotice } from "@/app/_chat/errors/lazy-error-notice";
import { useAttempt } from "@/app/_chat/errors/use-attempt";
import { connectionLost, type Refusal, refusalOf, toFailure } from "@/app/_client/chat-failure";
import { type ChatMessage, isShown, textOfMessage } from "@/app/_client/session/chat-message";
import type { ChatSession } from "@/app/_client/session/chat-session";
import { showToast } from "@/app/_ui/toasts";
import type { ChatError } from "@/lib/errors/chat-error";
import { t } from "@/lib/i18n/translator";
import { AnswerFooter } from "./answer-footer";
import { AnswerParts } from "./answer-parts";
import { giveUpEdit } from "./give-up-edit";
import { loadEditor, MessageEditor } from "./lazy-editor";
import { useSteadyParts } from "./use-steady-parts";
import { Waiting } from "./waiting";

interface AnswerProps {
  message: ChatMessage;
  session: ChatSession;
  isLive: boolean;
  /** Nobody can see it: its text stands on the page, but is not drawn. */
  isFar: boolean;
  isLast: boolean;
  /** Nothing of it has come for a while. */
  isSlow: boolean;
  isReadOnly: boolean;
  versions: readonly string[];
}

export const Answer = memo(function Answer({
  message,
  session,
  isLive,
  isFar,
  isLast,
  isSlow,
  isReadOnly,
  versions,
}: AnswerProps) {
  const nameId = useId();
  const article = useRef<HTMLElement>(null);
  const [begun, setTyped] = useState(() => session.openEdit(message.id));
  const typed = isReadOnly ? null : begun;
  const isSaving = useRef(false);
  const attempt = useAttempt();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const parts = useSteadyParts(message.parts, isLive);
  const failure = failureOfAnswer(message, isLive);
  const isSilent = !parts.some(isShown);
  const mayGoOn = isLast && !isReadOnly;

  async function edit() {
    try {
      await loadEditor();
      const opened = session.beginEdit(message.id, textOfMessage(message));
      startTransition(() => setTyped(opened));
    } catch (cause) {
      showToast(toFailure(cause).message);
    }
  }

  async function save(text: string) {
    if (isSaving.current) return;
    if (text === textOfMessage(message)) return cancel();
    isSaving.current = true;
    setRefusal(null);
    try {
      await session.editAnswer(message.id, text);
      session.endEdit(message.id);
      close();
    } catch (cause) {
      setRefusal(refusalOf(cause));
    } finally {
      isSaving.current = false;
    }
  }

  function cancel() {
    giveUpEdit(session, message.id, textOfMessage(message), setTyped);
    close();
  }

  function close() {
    setRefusal(null);
    setTyped(null);
    article.current?.querySelector<HTMLElement>("[aria-haspopup=menu]")?.focus();
  }

  return (
    <article
      ref={article}
      aria-labelledby={nameId}
      aria-busy={isLive}
      data-message={message.id}
      className="group/message"
    >
      <h2 id={nameId} className="sr-only">
        {t("message.answer")}
      </h2>
      {typed ? (
        <div ref={focusToQuestion}>
          <Suspense>
            <MessageEditor
              key={typed.id}
              label={t("message.editAnswer")}
              saveLabel={t("action.save")}
              typed={typed}
              note={t("message.editAnswerNote")}
              savesOnEnter={false}
              refusal={refusal}
              onSave={save}
              onCancel={cancel}
            />
          </Suspense>
        </div>
      ) : isLive && isSilent ? (
        <Waiting until={message.metadata?.waitsUntil} isSlow={isSlow} />
      ) : (
        <AnswerParts parts={parts} isLive={isLive} isFar={isFar} />
      )}
      {failure && (
        <ErrorNotice
          error={failure}
          failedAt={message.metadata?.failedAt}
          retryLabel={message.metadata?.isDetached ? t("action.reconnect") : undefined}
          onContinue={mayGoOn && canContinue(message) ? () => session.continueAnswer(message.id) : undefined}
          onRetry={mayGoOn ? () => retry(session, message) : undefined}
          onOtherModel={mayGoOn ? (model) => void session.answerAgain(message.id, model) : undefined}
        />
      )}
      {!isLive && isSilent && message.metadata?.status === "complete" && (
        <p className="text-sm text-ink-faint">{t("answer.empty")}</p>
      )}
      <AnswerFooter
        message={message}
        session={session}
        versions={versions}
        article={article}
        attempt={attempt}
        onEdit={edit}
        isLive={isLive && !isSilent}
        isSlow={isSlow}
        isLast={isLast}
        isReadOnly={isReadOnly}
        onContinue={
          mayGoOn && !isLive && !failure && canContinue(message)
            ? () => session.continueAnswer(message.id)
            : undefined
        }
      />
      <AttemptNotice attempt={attempt} />
    </article>
  );
});

function retry(session: ChatSession, message: ChatMessage): void {
  if (message.metadata?.isDetached) void session.reconnect();
  else void session.answerAgain(message.id);
}

function failureOfAnswer({ metadata }: ChatMessage, isLive: boolean): ChatError | null {
  if (isLive) return null;
  if (metadata?.isDetached) return { ...connectionLost(), message: t("connection.detached") };
  if (metadata?.error) return metadata.error;
  if (metadata?.status === "interrupted") return unexplained("interrupted");
  if (metadata?.status === "failed") return unexplained("provider_error");
  return null;
}

function unexplained(type: "interrupted" | "provider_error"): ChatError {
  return {
    type,
    message: t(`error.${type}`),
    provider: null,
    retryable: true,
    retryAfterMs: null,
    requestId: "",
  };
}

/** Cut short, with something to go on from. */
function canContinue(message: ChatMessage): boolean {
  const { status, isDetached, finishReason } = message.metadata ?? {};
  const isUnfinished = status === "stopped" || status === "interrupted" || status === "failed";
  const isCut = isUnfinished || (status === "complete" && finishReason === "length");
  return isCut && isDetached !== true && textOfMessage(message) !== "";
}
