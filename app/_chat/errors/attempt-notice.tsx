"use client";

import { useRef } from "react";
import { focusConversation } from "@/app/_chat/transcript/focus-to-conversation";
import { ErrorNotice } from "./lazy-error-notice";
import type { Attempt } from "./use-attempt";

/** Why it could not be done, with the ways to have it done all the same. */
export function AttemptNotice({ attempt: { refusal, again, forget } }: { attempt: Attempt }) {
  const notice = useRef<HTMLDivElement>(null);
  if (!refusal) return null;

  /** What is pressed here goes with the notice: the focus stays where it was tried. */
  function leave(then: () => void) {
    const menu = notice.current?.closest("article")?.querySelector<HTMLElement>("[aria-haspopup=menu]");
    if (menu) menu.focus({ preventScroll: true });
    else focusConversation();
    then();
  }

  return (
    <div ref={notice}>
      <ErrorNotice {...refusal} onRetry={() => leave(again)} onDismiss={() => leave(forget)} />
    </div>
  );
}
