"use client";

import { type RefObject, useState } from "react";
import { Markdown } from "@/app/_chat/markdown/markdown";
import { Button } from "@/app/_ui/button";
import type { LeftOut } from "@/lib/chats/message";
import { t } from "@/lib/i18n/prompt-translator";
import { dollars } from "@/lib/usage/dollars";
import { LoseWordsDialog } from "./lose-words-dialog";
import type { Summary } from "./use-summary";

interface SummaryTextProps {
  summary: Summary;
  leftOut: LeftOut;
  hasUnsentWords: boolean;
  isReadOnly: boolean;
  isBusy: boolean;
  isWriting: boolean;
  /** The editor was left: what opened it has the focus again. */
  returnsFocus: RefObject<boolean>;
  onEdit(): void;
  onWrite(): void;
  onForget(): void;
}

/** A summary's text, what becomes of it, and what can be done with it. */
export function SummaryText({
  summary,
  leftOut,
  hasUnsentWords,
  isReadOnly,
  isBusy,
  isWriting,
  returnsFocus,
  onEdit,
  onWrite,
  onForget,
}: SummaryTextProps) {
  const { text, isEdited, isStale, messages, costMicros } = summary;
  const [asks, setAsks] = useState<"write" | "forget" | null>(null);
  // One that goes on to more messages is made from these words; elsewhere they would be lost.
  const losesWords = hasUnsentWords || (isEdited && (isStale || messages >= leftOut.messages));
  const focusBack = (button: HTMLButtonElement | null) => {
    if (!button || !returnsFocus.current) return;
    returnsFocus.current = false;
    button.focus();
  };
  return (
    <>
      <div className="[&_.markdown]:text-sm [&_.markdown]:leading-relaxed">
        <Markdown text={text} isGrowing={false} />
      </div>
      <p className="mt-3 border-t border-line pt-2.5 text-xs text-ink-soft text-pretty">
        {t(noteOf(summary))}{" "}
        {messages < leftOut.messages && t("summary.rest", { count: leftOut.messages - messages })}{" "}
        {costMicros !== null && t("summary.cost", { cost: dollars(costMicros) })}
      </p>
      {!isReadOnly && (
        <div className="-ms-3 mt-2 flex flex-wrap items-center gap-1">
          <Button
            size="small"
            look="quiet"
            aria-disabled={isBusy}
            ref={focusBack}
            onClick={() => isBusy || onEdit()}
          >
            {t("action.edit")}
          </Button>
          <Button
            size="small"
            look="quiet"
            aria-disabled={isBusy}
            onClick={() => {
              if (isBusy) return;
              if (losesWords) setAsks("write");
              else onWrite();
            }}
          >
            {t(isWriting ? "summary.writing" : "summary.writeAnew")}
          </Button>
          <Button
            size="small"
            look="quiet"
            aria-disabled={isBusy}
            onClick={() => {
              if (isBusy) return;
              if (isEdited) setAsks("forget");
              else onForget();
            }}
          >
            {t("summary.forget")}
          </Button>
        </div>
      )}
      {asks && (
        <LoseWordsDialog
          deed={asks}
          onClose={() => setAsks(null)}
          onConfirm={asks === "write" ? onWrite : onForget}
        />
      )}
    </>
  );
}

function noteOf({ isEdited, isStale }: Summary) {
  if (isStale) return isEdited ? "summary.staleWords" : "summary.staleText";
  return isEdited ? "summary.keptWords" : "summary.standing";
}
