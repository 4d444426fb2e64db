"use client";

import { Check, CircleAlert, GitBranch, Pencil, RefreshCw } from "lucide-react";
import { memo, Suspense, startTransition, useId, useRef, useState } from "react";
import { focusToQuestion } from "@/app/_chat/composer/focus-to-question";
import { AttemptNotice } from "@/app/_chat/errors/attempt-notice";
import { ErrorNotice } from "@/app/_chat/errors/lazy-error-notice";
import { useAttempt } from "@/app/_chat/errors/use-attempt";
import type { ModelName } from "@/app/_chat/models/model-choice";
import { OtherPart } from "@/app/_chat/parts/other-part";
import { type Refusal, toFailure } from "@/app/_client/chat-failure";
import { type ChatMessage, isOther, textOfMessage } from "@/app/_client/session/chat-message";
import type { ChatSession } from "@/app/_client/session/chat-session";
import type { Typed } from "@/app/_client/session/open-edits";
import { Button } from "@/app/_ui/button";
import { classNames } from "@/app/_ui/class-names";
import { CopyButton } from "@/app/_ui/copy-button";
import { IconButton } from "@/app/_ui/icon-button";
import { showToast } from "@/app/_ui/toasts";
import { writeClipboard } from "@/app/_ui/write-clipboard";
import { t } from "@/lib/i18n/translator";
import { giveUpEdit } from "./give-up-edit";
import { loadEditor, MessageEditor } from "./lazy-editor";
import { MessageMenuButton } from "./message-menu-button";
import { Versions } from "./versions";

interface QuestionProps {
  message: ChatMessage;
  session: ChatSession;
  /** Its answer has not begun. */
  isWaiting: boolean;
  /** Nothing comes after it, and nothing is on its way. */
  isUnanswered: boolean;
  isReadOnly: boolean;
  versions: readonly string[];
}

/** What the person makes of it, and why it did not go out when it was sent. */
interface Draft {
  typed: Typed;
  refusal: Refusal | null;
}

export const Question = memo(function Question({
  message,
  session,
  isWaiting,
  isUnanswered,
  isReadOnly,
  versions,
}: QuestionProps) {
  const nameId = useId();
  const text = textOfMessage(message);
  const { delivery, error, failedAt, isAside } = message.metadata ?? {};
  const isFailed = delivery === "failed";
  const [begun, setDraft] = useState(() => draftOf(session, message.id));
  const draft = isReadOnly ? null : begun;
  const returnsFocus = useRef(false);
  const attempt = useAttempt();

  async function edit() {
    try {
      await loadEditor();
      const typed = session.beginEdit(message.id, text);
      startTransition(() => setDraft({ typed, refusal: null }));
    } catch (cause) {
      showToast(toFailure(cause).message);
    }
  }

  async function save(edited: string, model?: ModelName) {
    if (edited === text && !model) return cancel();
    session.endEdit(message.id);
    setDraft(null);
    try {
      const outcome = await session.editQuestion(message.id, edited, model);
      if (outcome === "given-back") showToast(t("message.editGivenBack"));
    } catch {
      // Kept with the reason; where the question was drawn anew meanwhile, it is found there.
      setDraft(draftOf(session, message.id));
    }
  }

  function cancel() {
    session.forgetEdit(message.id);
    giveUpEdit(session, message.id, text, (typed) => setDraft({ typed, refusal: null }));
    returnsFocus.current = true;
    setDraft(null);
  }

  const sending = {
    onRetry: () => session.resend(message.id),
    onOtherModel: (model: ModelName) => session.resendWith(message.id, model),
    onEdit: () => session.withdraw(message.id),
  };
  const answering = {
    onRetry: () => session.answerAgain(message.id),
    retryLabel: t("answer.now"),
    onOtherModel: (model: ModelName) => session.answerAgain(message.id, model),
  };

  return (
    <article
      aria-labelledby={nameId}
      data-message={message.id}
      data-question
      className="group/message relative mt-8 mb-1 group-first/turns:first:mt-0"
    >
      <h2 id={nameId} className="sr-only">
        {t("message.question")}
      </h2>
      {draft === null ? (
        <div
          className={classNames(
            "rounded-lg px-4 py-2.5 transition-colors",
            isFailed ? "bg-danger-soft" : "bg-accent-soft/70",
          )}
        >
          {text !== "" && <QuestionText text={text} />}
          {message.parts.filter(isOther).map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: what was sent does not change
            <OtherPart key={index} part={part} isLive={false} isQuestion />
          ))}
        </div>
      ) : (
        <div ref={focusToQuestion}>
          <Suspense>
            <MessageEditor
              key={draft.typed.id}
              label={t("message.editQuestion")}
              saveLabel={t("message.send")}
              typed={draft.typed}
              note={session.isBusy() ? t("message.editBusyNote") : t("message.editNote")}
              savesOnEnter
              refusal={draft.refusal}
              onSave={save}
              onSaveFor={save}
              onCancel={cancel}
            />
          </Suspense>
        </div>
      )}
      <div className="relative -ms-2 flex min-h-8 flex-wrap items-center gap-x-1 text-xs text-ink-faint pointer-coarse:-ms-3.5">
        {!isReadOnly && <Versions session={session} messageId={message.id} versions={versions} />}
        {delivery === undefined && draft === null && (
          <div className="flex items-center opacity-0 transition-opacity focus-within:opacity-100 group-hover/message:opacity-100 has-aria-expanded:opacity-100 pointer-coarse:opacity-100">
            <CopyButton
              label={t("message.copy")}
              copiedLabel={t("message.copied")}
              failedLabel={t("message.copyFailed")}
              read={() => text}
              className={isReadOnly ? undefined : "pointer-coarse:hidden"}
            />
            {!isReadOnly && (
              <>
                <IconButton
                  icon={Pencil}
                  size="small"
                  label={t("message.edit")}
                  onClick={edit}
                  ref={(button) => {
                    if (!button || !returnsFocus.current) return;
                    returnsFocus.current = false;
                    button.focus();
                  }}
                />
                <MessageMenuButton
                  session={session}
                  messageId={message.id}
                  attempt={attempt}
                  editLabel={t("message.editQuestion")}
                  onEdit={edit}
                  onCopy={() => writeClipboard(text)}
                />
              </>
            )}
          </div>
        )}
        <Delivery state={delivery ?? (isWaiting ? "sent" : null)} />
      </div>
      {isAside && (
        <p className="mb-1 flex items-start gap-1.5 text-xs text-ink-soft">
          <GitBranch aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          {t("message.aside")}
        </p>
      )}
      {isUnanswered && !isReadOnly && !error && (
        <div className="flex flex-wrap items-center gap-3 text-sm text-ink-soft">
          {t("answer.missing")}
          <Button size="small" ref={focusToQuestion} onClick={() => session.answerAgain(message.id)}>
            <RefreshCw aria-hidden className="size-3.5" />
            {t("answer.now")}
          </Button>
        </div>
      )}
      <AttemptNotice attempt={attempt} />
      {error && (
        <ErrorNotice
          error={error}
          failedAt={failedAt}
          canAlwaysRetry
          {...(!isReadOnly && (isFailed ? sending : answering))}
        />
      )}
    </article>
  );
});

function draftOf(session: ChatSession, messageId: string): Draft | null {
  const unsent = session.unsentEdit(messageId);
  const typed = session.openEdit(messageId) ?? (unsent && session.beginEdit(messageId, unsent.text));
  return typed && { typed, refusal: unsent?.refusal ?? null };
}

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
        "ms-auto flex h-8 items-center gap-1.5 text-xs",
        state === "failed" ? "text-danger" : "animate-appear-late text-ink-faint",
      )}
    >
      {state === "sent" && <Check aria-hidden className="size-3.5" />}
      {state === "failed" && <CircleAlert aria-hidden className="size-3.5" />}
      {t(`delivery.${state}`)}
    </p>
  );
}
