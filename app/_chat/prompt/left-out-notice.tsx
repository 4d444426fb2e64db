"use client";

import { Scissors } from "lucide-react";
import Link from "next/link";
import type { ChatSession } from "@/app/_client/session/chat-session";
import type { LeftOut } from "@/lib/chats/message";
import { t } from "@/lib/i18n/prompt-translator";
import { SummaryItem } from "./summary-item";

interface LeftOutNoticeProps {
  session: ChatSession;
  leftOut: LeftOut;
  isReadOnly: boolean;
}

/** Stands where the conversation begins for the model. */
export default function LeftOutNotice({ session, leftOut, isReadOnly }: LeftOutNoticeProps) {
  return (
    <>
      <div
        role="note"
        className="my-6 flex flex-wrap items-center gap-x-3 gap-y-1 border-y border-line py-3 text-sm text-ink-soft"
      >
        <Scissors aria-hidden className="size-4 shrink-0 self-start mt-0.5 text-ink-faint" />
        <p className="min-w-0 flex-1 text-pretty max-sm:basis-[calc(100%-2rem)]">
          <span className="font-medium text-ink">{t("prompt.leftOut", { count: leftOut.messages })}.</span>{" "}
          {t("prompt.leftOutWhy")}
        </p>
        <Link
          href="/settings/prompt#context"
          prefetch={false}
          className="touch-target inline-flex max-sm:ms-7 shrink-0 items-center rounded-sm font-medium text-accent underline-offset-4 hover:underline"
        >
          {t("prompt.contextSettings")}
        </Link>
      </div>
      <SummaryItem session={session} leftOut={leftOut} isReadOnly={isReadOnly} />
    </>
  );
}
