"use client";

import { Scissors } from "lucide-react";
import Link from "next/link";
import type { ChatSession } from "@/app/_client/chat-session";
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
        className="my-6 flex flex-wrap items-center justify-center gap-x-2 gap-y-1 border-y border-line py-3 text-center text-sm text-ink-soft"
      >
        <Scissors aria-hidden className="size-4 text-ink-faint" />
        <span>{t("prompt.leftOut", { count: leftOut.messages })}.</span>
        <span>{t("prompt.leftOutWhy")}</span>
        <Link
          href="/settings/prompt#context"
          prefetch={false}
          className="touch-target rounded-sm font-medium text-accent underline-offset-4 hover:underline"
        >
          {t("prompt.contextSettings")}
        </Link>
      </div>
      <SummaryItem session={session} leftOut={leftOut} isReadOnly={isReadOnly} />
    </>
  );
}
