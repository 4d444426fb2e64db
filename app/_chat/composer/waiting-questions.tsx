"use client";

import { Clock, CloudOff, CornerDownRight, Pencil, X } from "lucide-react";
import { useSyncExternalStore } from "react";
import { findOutbox, subscribeToOutbox } from "@/app/_client/outbox/browser-outbox";
import type { Waiting } from "@/app/_client/outbox/outbox";
import type { ChatMessage } from "@/app/_client/session/chat-message";
import type { ChatSession } from "@/app/_client/session/chat-session";
import { Button } from "@/app/_ui/button";
import { IconButton } from "@/app/_ui/icon-button";
import { showToast } from "@/app/_ui/toasts";
import { t } from "@/lib/i18n/translator";
import { focusToQuestion } from "./focus-to-question";

interface WaitingQuestionsProps {
  session: ChatSession;
  messages: ChatMessage[];
  isBusy: boolean;
  onStop(): Promise<unknown>;
}

/** The questions of this chat that go out later: after the answer that runs, or once there is a connection. */
export function WaitingQuestions({ session, messages, isBusy, onStop }: WaitingQuestionsProps) {
  const all = useSyncExternalStore(subscribeToOutbox, allWaiting, () => none);
  const queued = all.filter(({ chatId }) => chatId === session.chatId);
  const waiting = queued.filter(({ id }) => !messages.some((message) => message.id === id));
  const isHeldByAnswer = isBusy && queued[0]?.reason === "answer";
  const Reason = isHeldByAnswer ? Clock : CloudOff;
  const reason = t(isHeldByAnswer ? "waiting.forAnswer" : "waiting.forConnection");
  return (
    <>
      {/* There before it says something: only then is it read out. Once, however often it is tried. */}
      <output className="sr-only">{queued.length > 0 && reason}</output>
      {waiting.length > 0 && (
        <section
          aria-label={t("waiting.label")}
          className="mx-auto w-full max-w-column shrink-0 px-3 md:px-5"
        >
          <div className="mb-2 animate-appear rounded-xl border border-line border-dashed bg-sunken px-3 py-2">
            <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-soft">
              <p className="flex min-w-0 flex-1 items-center gap-1.5">
                <Reason aria-hidden className="size-3.5 shrink-0" />
                {reason}
              </p>
              {isHeldByAnswer && (
                <Button size="small" look="quiet" ref={focusToQuestion} onClick={onStop}>
                  {t("waiting.stopAndSend")}
                </Button>
              )}
            </div>
            <ol className="max-h-40 overflow-y-auto">
              {waiting.map((question) => (
                <li
                  key={question.id}
                  ref={focusToQuestion}
                  className="flex items-center gap-1 border-t border-line py-1 first:border-t-0"
                >
                  <CornerDownRight
                    aria-hidden
                    className="size-3.5 shrink-0 text-ink-faint rtl:-scale-x-100"
                  />
                  <p
                    dir="auto"
                    className="line-clamp-2 min-w-0 flex-1 px-1 text-start text-sm [overflow-wrap:anywhere]"
                  >
                    {question.text}
                  </p>
                  <IconButton
                    icon={Pencil}
                    size="small"
                    label={t("action.edit")}
                    onClick={() => session.editWaiting(question)}
                  />
                  <IconButton
                    icon={X}
                    size="small"
                    label={t("waiting.withdraw")}
                    onClick={() => withdraw(session, question)}
                  />
                </li>
              ))}
            </ol>
          </div>
        </section>
      )}
    </>
  );
}

async function withdraw(session: ChatSession, question: Waiting): Promise<void> {
  const outbox = findOutbox();
  const taken = await outbox?.withdraw(question);
  if (!outbox || !taken) return;
  showToast(t("waiting.withdrawn"), {
    label: t("action.undo"),
    run: () => void outbox.put(taken).finally(session.deliver),
  });
}

const none: readonly Waiting[] = [];

function allWaiting(): readonly Waiting[] {
  return findOutbox()?.all() ?? none;
}
