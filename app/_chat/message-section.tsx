"use client";

import { memo } from "react";
import { type ChatMessage, textOfMessage } from "@/app/_client/chat-message";
import type { ChatSession } from "@/app/_client/chat-session";
import { Answer } from "./answer";
import { heightOfText } from "./markdown/estimated-height";
import { Question } from "./question";

interface MessageSectionProps {
  session: ChatSession;
  messages: readonly ChatMessage[];
  /** Of each message. */
  versions: readonly (readonly string[])[];
  isBusy: boolean;
  /** Nothing of the newest message has come for a while. */
  isSlow: boolean;
  /** The chat's newest message, where it is among these. */
  last: ChatMessage | undefined;
  /** Neither styled nor laid out while it is far from view: what was loaded of a long chat costs nothing then. */
  isDeferred: boolean;
}

/** Some messages on end. Only the section in which something has changed is looked at again. */
export const MessageSection = memo(function MessageSection({
  session,
  messages,
  versions,
  isBusy,
  isSlow,
  last,
  isDeferred,
}: MessageSectionProps) {
  return (
    <div
      className={isDeferred ? `group/turns ${deferred}` : "group/turns"}
      style={isDeferred ? { containIntrinsicBlockSize: `auto ${heightOf(messages)}px` } : undefined}
    >
      {messages.map((message, index) =>
        message.role === "user" ? (
          <Question
            key={message.id}
            message={message}
            session={session}
            isWaiting={isBusy && message === last}
            isUnanswered={!isBusy && message === last && message.metadata?.delivery === undefined}
            versions={versions[index] ?? []}
          />
        ) : (
          <Answer
            key={message.id}
            message={message}
            session={session}
            isLive={isBusy && message.metadata?.status === "streaming"}
            isLast={message === last}
            isSlow={isSlow && message === last}
            versions={versions[index] ?? []}
          />
        ),
      )}
    </div>
  );
}, isSame);

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
    before.isSlow === after.isSlow &&
    before.last === after.last &&
    before.isDeferred === after.isDeferred &&
    haveSameItems(before.messages, after.messages) &&
    haveSameItems(before.versions, after.versions)
  );
}

function haveSameItems<T>(before: readonly T[], after: readonly T[]): boolean {
  return before.length === after.length && before.every((item, index) => item === after[index]);
}
