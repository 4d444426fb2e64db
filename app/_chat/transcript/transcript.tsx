"use client";

import type { ChatStatus } from "ai";
import { ArrowDown } from "lucide-react";
import { focusToQuestion } from "@/app/_chat/composer/focus-to-question";
import { turnByKey } from "@/app/_chat/message/versions";
import { Waiting } from "@/app/_chat/message/waiting";
import type { ChatMessage } from "@/app/_client/session/chat-message";
import type { ChatSession } from "@/app/_client/session/chat-session";
import { classNames } from "@/app/_ui/class-names";
import { t } from "@/lib/i18n/translator";
import { EarlierMessages } from "./earlier-messages";
import { MessageSection } from "./message-section";
import { useFollowScroll } from "./use-follow-scroll";
import { useSections } from "./use-sections";
import { progressOf, useSilence } from "./use-silence";

interface TranscriptProps {
  session: ChatSession;
  messages: ChatMessage[];
  status: ChatStatus;
  isBusy: boolean;
  /** The chat is in the trash: nothing of it can be changed. */
  isReadOnly: boolean;
  /** How many questions were sent from here. */
  sent: number;
}

export function Transcript({ session, messages, status, isBusy, isReadOnly, sent }: TranscriptProps) {
  const { scroller, content, unseen, isSeeking, goToEnd } = useFollowScroll(session, sent);
  const sections = useSections(messages);
  const last = messages.at(-1);
  const leftOut = messages.findLast(({ role }) => role === "assistant")?.metadata?.leftOut;
  const isSlow = useSilence(isBusy ? progressOf(last) : null);
  return (
    <div className="relative min-h-0 flex-1">
      <section
        ref={scroller}
        data-scroller
        tabIndex={-1}
        aria-label={t("transcript.label")}
        onKeyDown={turnByKey}
        // Drawn from its end until the script takes over, so that a chat opens where it was left off.
        className="flex h-full touch-pan-y touch-pinch-zoom flex-col-reverse overflow-y-auto overscroll-contain outline-none [overflow-anchor:none]"
      >
        {/* Positioned, so that what only screen readers find scrolls along. */}
        <div
          ref={content}
          className={classNames(
            "relative mx-auto w-full max-w-column grow px-5 pt-4 pb-10",
            isSeeking && "invisible",
          )}
        >
          <EarlierMessages session={session} />
          {sections.map(({ key, start, end }) => (
            <MessageSection
              key={key}
              session={session}
              messages={messages.slice(start, end)}
              versions={messages
                .slice(start, end)
                .map((_, index) => session.versionsOf(messages, start + index))}
              isBusy={isBusy}
              isReadOnly={isReadOnly}
              isSlow={isSlow && end === messages.length}
              leftOut={
                messages.slice(start, end).some(({ id }) => id === leftOut?.firstMessageId)
                  ? leftOut
                  : undefined
              }
              last={end === messages.length ? last : undefined}
              isDeferred={end <= messages.length - nearMax}
            />
          ))}
          {status === "submitted" && last?.role === "user" && <Waiting isSlow={isSlow} />}
        </div>
      </section>
      <div aria-hidden className={`${edge} top-0 bg-linear-to-b`} />
      <div aria-hidden className={`${edge} bottom-0 bg-linear-to-t`} />
      {isSeeking && (
        <p className="absolute inset-x-0 top-1/3 animate-appear-late text-center text-sm text-ink-faint">
          {t("state.loading")}
        </p>
      )}
      {unseen && !isSeeking && (
        <button
          type="button"
          ref={focusToQuestion}
          onClick={goToEnd}
          className="touch-target absolute inset-x-0 bottom-3 mx-auto flex h-9 w-fit animate-appear items-center gap-2 rounded-full bg-raised px-4 text-sm font-medium text-ink-soft shadow-popover hover:text-ink"
        >
          <ArrowDown aria-hidden className="size-4" />
          <span>{t("transcript.jump")}</span>
          {unseen.messages + unseen.lines > 0 && (
            <span className="border-s border-line ps-2 tabular-nums text-accent">
              {unseen.messages > 0
                ? t("transcript.newMessages", { count: unseen.messages })
                : t("transcript.newLines", { count: unseen.lines })}
            </span>
          )}
        </button>
      )}
    </div>
  );
}

/** Text fades where it leaves the view, beside the scroll bar. */
const edge = "pointer-events-none absolute inset-x-3 h-5 from-paper to-transparent";

/** Messages, from the newest: some screens, and the whole of most chats. */
const nearMax = 40;
