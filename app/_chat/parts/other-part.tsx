"use client";

import { lazy, memo, Suspense } from "react";
import type { ChatMessagePart } from "@/app/_client/session/chat-message";
import { t } from "@/lib/i18n/translator";

export interface OtherPartProps {
  part: ChatMessagePart;
  /** The answer may still change it. */
  isLive: boolean;
  isQuestion?: boolean;
  /** The person's word on a call that waits for it. */
  onApproval?: (approvalId: string, isAllowed: boolean) => void;
}

/** A tool call, a file, or what there is to say of one. Fetched with the first of them. */
export const OtherPart = memo(function OtherPart(props: OtherPartProps) {
  return (
    <Suspense fallback={<div className="my-4 h-11" />}>
      <PartView {...props} />
    </Suspense>
  );
});

const PartView = lazy(() => import("./part-view").catch(() => ({ default: OutOfReach })));

function OutOfReach() {
  return <p className="my-4 text-sm text-ink-faint">{t("connection.lost")}</p>;
}
