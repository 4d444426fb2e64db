"use client";

import { useState } from "react";
import { type ChatMessagePart, isShown } from "@/app/_client/session/chat-message";

/**
 * The parts as the reader should see them: an answer that is being written never shrinks.
 * Joining a running answer begins with an empty message that is filled again; until it has
 * caught up, what was shown stays.
 */
export function useSteadyParts(parts: ChatMessagePart[], isLive: boolean): ChatMessagePart[] {
  const [shown, setShown] = useState(parts);
  const next = isLive && lengthOf(parts) < lengthOf(shown) ? shown : parts;
  if (next !== shown) setShown(next);
  return next;
}

function lengthOf(parts: readonly ChatMessagePart[]): number {
  return parts.reduce((sum, part) => sum + ("text" in part ? part.text.length : isShown(part) ? 1 : 0), 0);
}
