"use client";

import { Fragment, memo, Suspense, useRef } from "react";
import { heightOfText } from "@/app/_chat/markdown/estimated-height";
import { Answer } from "@/app/_chat/message/answer";
import { Question } from "@/app/_chat/message/question";
import { type ChatMessage, textOfMessage } from "@/app/_client/session/chat-message";
import type { ChatSession } from "@/app/_client/session/chat-session";
import { lazyOrNothing } from "@/app/_ui/lazy-or-nothing";
import type { LeftOut } from "@/lib/chats/message";
import { useDrawn } from "./use-drawn";

interface MessageSectionProps {
  session: ChatSession;
  messages: readonly ChatMessage[];
  /** Of each message. */
  versions: readonly (readonly string[])[];
  isBusy: boolean;
  isReadOnly: boolean;
  /** Nothing of the newest message has come for a while. */
  isSlow: boolean;
  /** The chat's newest message, where it is among these. */
  last: ChatMessage | undefined;
  /** What the newest answer was not told, where one of these is the first that it was. */
  leftOut: LeftOut | undefined;
  /** Neither styled nor laid out while it is far from view: what was loaded of a long chat costs nothing then. */
  isDeferred: boolean;
}

/** Some messages on end. Only the section in which something has changed is looked at again. */
export const MessageSection = memo(function MessageSection({
  session,
  messages,
  versions,
  isBusy,
  isReadOnly,
  isSlow,
  last,
  leftOut,
  isDeferred,
}: MessageSectionProps) {
  const box = useRef<HTMLDivElement>(null);
  const { isDrawn } = useDrawn(box, !isDeferred);
  return (
    <div
      ref={box}
      className={isDeferred ? `group/turns ${deferred}` : "group/turns"}
      style={isDeferred ? { containIntrinsicBlockSize: `auto ${heightOf(messages)}px` } : undefined}
    >
      {messages.map((message, index) => (
        <Fragment key={message.id}>
          {leftOut?.firstMessageId === message.id && (
            <Suspense>
              <LeftOutNotice session={session} leftOut={leftOut} isReadOnly={isReadOnly} />
            </Suspense>
          )}
          {message.role === "user" ? (
            <Question
              message={message}
              session={session}
              isWaiting={isBusy && message === last}
              isReadOnly={isReadOnly}
              isUnanswered={!isBusy && message === last && message.metadata?.delivery === undefined}
              versions={versions[index] ?? []}
            />
          ) : (
            <Answer
              message={message}
              session={session}
              isLive={isBusy && message.metadata?.status === "streaming"}
              isFar={!isDrawn}
              isLast={message === last}
              isSlow={isSlow && message === last}
              isReadOnly={isReadOnly}
              versions={versions[index] ?? []}
            />
          )}
        </Fragment>
      ))}
    </div>
  );
}, isSame);

const LeftOutNotice = lazyOrNothing(() => import("@/app/_chat/prompt/left-out-notice"));

/** What hangs out at its sides, as a focus ring, stays seen. */
const deferred = "[content-visibility:auto] [overflow-clip-margin:1.5rem]";

/** A guess until they have been laid out once. */
function heightOf(messages: readonly ChatMessage[]): number {
  return messages.reduce(
    (sum, message) => sum + heightOfText("paragraph", textOfMessage(message)) + footerPx,
    0,
  );
}

const footerPx = 48;

function isSame(before: MessageSectionProps, after: MessageSectionProps): boolean {
  return (
    before.session === after.session &&
    before.isBusy === after.isBusy &&
    before.isReadOnly === after.isReadOnly &&
    before.isSlow === after.isSlow &&
    before.leftOut?.firstMessageId === after.leftOut?.firstMessageId &&
    before.leftOut?.messages === after.leftOut?.messages &&
    before.last === after.last &&
    before.isDeferred === after.isDeferred &&
    haveSameItems(before.messages, after.messages) &&
    haveSameItems(before.versions, after.versions)
  );
}

function haveSameItems<T>(before: readonly T[], after: readonly T[]): boolean {
  return before.length === after.length && before.every((item, index) => item === after[index]);
}
