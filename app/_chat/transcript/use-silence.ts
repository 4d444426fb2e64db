"use client";

import { useEffect, useState } from "react";
import type { ChatMessage } from "@/app/_client/session/chat-message";

/** Whether nothing has changed for so long that the provider must be called slow. Null is waiting for nothing. */
export function useSilence(progress: string | null): boolean {
  const [silentAt, setSilentAt] = useState<string | null>(null);
  useEffect(() => {
    if (progress === null) return;
    const timer = setTimeout(() => setSilentAt(progress), slowMs);
    return () => clearTimeout(timer);
  }, [progress]);
  return progress !== null && silentAt === progress;
}

const slowMs = 9000;

/**
 * Another text whenever something of the answer has come. From the question on it is the same until the
 * first word; a tool that works is nobody's silence.
 */
export function progressOf(last: ChatMessage | undefined): string | null {
  const part = last?.parts.at(-1);
  if (part && "toolCallId" in part && part.state !== "input-streaming") return null;
  const length = last?.role === "assistant" ? last.parts.reduce((sum, each) => sum + lengthOf(each), 0) : 0;
  return length === 0 ? "" : `${last?.id}:${length}`;
}

function lengthOf(part: ChatMessage["parts"][number]): number {
  if (part.type === "step-start") return 0;
  if ("rawInput" in part && typeof part.rawInput === "string") return part.rawInput.length + 1;
  return "text" in part ? part.text.length : 1;
}
