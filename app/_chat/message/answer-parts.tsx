"use client";

import { Suspense } from "react";
import { Markdown } from "@/app/_chat/markdown/markdown";
import { OtherPart, type OtherPartProps } from "@/app/_chat/parts/other-part";
import { StandIn } from "@/app/_chat/transcript/stand-in";
import {
  type ChatMessagePart,
  isContinuation,
  isOther,
  isSource,
  textFrom,
} from "@/app/_client/session/chat-message";
import { lazyOrNothing } from "@/app/_ui/lazy-or-nothing";
import { Reasoning } from "./reasoning";

interface AnswerPartsProps extends Pick<OtherPartProps, "isLive" | "onApproval"> {
  parts: readonly ChatMessagePart[];
  isFar?: boolean;
}

/** One component a kind of part; kinds without one are not shown. Parts only grow, so their place names them. */
export function AnswerParts({ parts, isLive, isFar = false, onApproval }: AnswerPartsProps) {
  const sources = parts.filter(isSource);
  // A source may come in the middle of a text, which goes on before it; so does one that comes in pieces.
  const last = parts.findLastIndex((part) => !isSource(part) && !isContinuation(part));
  return (
    <>
      {parts.map((part, index) => {
        const key = `${part.type}-${index}`;
        const isGrowing = isLive && index === last;
        switch (part.type) {
          case "text":
            if (isContinuation(part)) return null;
            if (!isFar) return <Markdown key={key} text={textFrom(parts, index)} isGrowing={isGrowing} />;
            return (
              <div key={key} className="markdown">
                <StandIn markdown={textFrom(parts, index).join("")} isGrowing={isGrowing} />
              </div>
            );
          case "reasoning":
            return (
              <Reasoning key={key} text={part.text} isGrowing={isGrowing} durationMs={thoughtMsOf(part)} />
            );
          default:
            return (
              isOther(part) && <OtherPart key={key} part={part} isLive={isLive} onApproval={onApproval} />
            );
        }
      })}
      {sources.length > 0 && (
        <Suspense>
          <Sources sources={sources} />
        </Suspense>
      )}
    </>
  );
}

const Sources = lazyOrNothing(() => import("@/app/_chat/parts/sources"));

/** The server says how long the model thought, with the part. */
function thoughtMsOf({
  providerMetadata,
}: Extract<ChatMessagePart, { type: "reasoning" }>): number | undefined {
  const durationMs = providerMetadata?.parley?.durationMs;
  return typeof durationMs === "number" ? durationMs : undefined;
}
