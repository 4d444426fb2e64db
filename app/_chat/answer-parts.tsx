"use client";

import type { ChatMessagePart } from "@/app/_client/chat-message";
import { Markdown } from "./markdown/markdown";
import { Reasoning } from "./reasoning";

interface AnswerPartsProps {
  parts: readonly ChatMessagePart[];
  isLive: boolean;
}

/** One component a kind of part; kinds without one are not shown. Parts only grow, so their place names them. */
export function AnswerParts({ parts, isLive }: AnswerPartsProps) {
  return parts.map((part, index) => {
    const key = `${part.type}-${index}`;
    const isGrowing = isLive && index === parts.length - 1;
    switch (part.type) {
      case "text":
        return <Markdown key={key} text={part.text} isGrowing={isGrowing} />;
      case "reasoning":
        return <Reasoning key={key} text={part.text} isGrowing={isGrowing} durationMs={thoughtMsOf(part)} />;
      default:
        return null;
    }
  });
}

/** The server says how long the model thought, with the part. */
function thoughtMsOf({
  providerMetadata,
}: Extract<ChatMessagePart, { type: "reasoning" }>): number | undefined {
  const durationMs = providerMetadata?.parley?.durationMs;
  return typeof durationMs === "number" ? durationMs : undefined;
}
