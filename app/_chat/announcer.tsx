"use client";

import { useState } from "react";
import type { ChatMessage } from "@/app/_client/chat-message";
import { t } from "@/lib/i18n/translator";

/** Tells screen readers that an answer began and how it ended, and nothing in between. */
export function Announcer({ isBusy, last }: { isBusy: boolean; last: ChatMessage | undefined }) {
  const [hasWorked, setHasWorked] = useState(isBusy);
  if (isBusy && !hasWorked) setHasWorked(true);
  const asks = last?.parts.some((part) => "toolCallId" in part && part.state === "approval-requested");
  const told = asks ? "live.approval" : isBusy ? "live.began" : ending(last);
  return <output className="sr-only">{isBusy || hasWorked ? t(told) : ""}</output>;
}

function ending(last: ChatMessage | undefined) {
  const { finishReason } = last?.metadata ?? {};
  if (last?.metadata?.delivery === "failed") return "live.notSent";
  switch (last?.metadata?.status) {
    case "stopped":
      return "live.stopped";
    case "failed":
    case "interrupted":
      return "live.failed";
    case "streaming":
      return "live.detached";
    default:
      return finishReason ? (`answer.cut.${finishReason}` as const) : "live.ended";
  }
}
