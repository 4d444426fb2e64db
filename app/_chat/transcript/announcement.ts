import type { ChatStatus } from "ai";
import type { ChatMessage } from "@/app/_client/session/chat-message";
import { isAnswering } from "@/app/_client/streams/answer-follower";
import type { CutReason } from "@/lib/chats/message";

/** What screen readers are told of a chat, and what was seen of it when they were. */
export interface Announcement {
  text:
    | ""
    | `live.${"began" | "approval" | "ended" | "stopped" | "failed" | "notSent" | "detached"}`
    | `answer.cut.${CutReason}`;
  /** A question or a wish for an answer is on its way; it was taken, and the answer has begun; neither. */
  phase: "idle" | "asking" | "answering";
  messageId: string | null;
  /** The newest message as it was when nothing was going on. */
  rest: string;
}

interface Seen {
  status: ChatStatus;
  last: ChatMessage | undefined;
}

export const silence: Announcement = { text: "", phase: "idle", messageId: null, rest: "" };

/** That an answer began once it has, and how it ended, and nothing of what only looks like it. */
export function announce(before: Announcement, seen: Seen): Announcement {
  const messageId = seen.last?.id ?? null;
  const phase = phaseOf(before, seen);
  const next = {
    text: textOf(before, phase, seen.last),
    phase,
    messageId,
    rest: phase === "idle" ? restOf(seen.last) : before.rest,
  };
  const isSame =
    next.text === before.text &&
    phase === before.phase &&
    messageId === before.messageId &&
    next.rest === before.rest;
  return isSame ? before : next;
}

function phaseOf(before: Announcement, { status, last }: Seen): Announcement["phase"] {
  if (!isAnswering(status, last)) return "idle";
  const hasBegun = last?.metadata?.status === "streaming" && status !== "submitted";
  const goesOn = before.phase === "answering" && before.messageId === last?.id;
  return hasBegun || goesOn ? "answering" : "asking";
}

function textOf(
  before: Announcement,
  phase: Announcement["phase"],
  last: ChatMessage | undefined,
): Announcement["text"] {
  if (phase === "asking") return "";
  const asks = last?.parts.some((part) => "toolCallId" in part && part.state === "approval-requested");
  if (phase === "answering") return asks ? "live.approval" : "live.began";
  if (before.phase === "idle") return before.messageId === (last?.id ?? null) ? before.text : "";
  if (last?.metadata?.delivery === "failed") return "live.notSent";
  // Or put aside until there is a connection: what is shown then says so itself.
  const isRefused = before.phase === "asking" && before.rest === restOf(last);
  if (last?.role !== "assistant" || isRefused) return "";
  return asks ? "live.approval" : endingOf(last);
}

function endingOf({ metadata }: ChatMessage): Announcement["text"] {
  switch (metadata?.status) {
    case "stopped":
      return "live.stopped";
    case "failed":
    case "interrupted":
      return "live.failed";
    case "streaming":
      return "live.detached";
    default:
      return metadata?.finishReason ? `answer.cut.${metadata.finishReason}` : "live.ended";
  }
}

function restOf(last: ChatMessage | undefined): string {
  return `${last?.id} ${last?.metadata?.status}`;
}
