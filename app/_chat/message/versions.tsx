"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { type KeyboardEvent, useId } from "react";
import { holdEvent } from "@/app/_chat/transcript/scroll-keeper";
import { toFailure } from "@/app/_client/chat-failure";
import { isPressed } from "@/app/_client/page/shortcuts";
import type { ChatSession } from "@/app/_client/session/chat-session";
import { IconButton } from "@/app/_ui/icon-button";
import { showToast } from "@/app/_ui/toasts";
import { t } from "@/lib/i18n/translator";

interface VersionsProps {
  session: ChatSession;
  messageId: string;
  /** All versions of the message, oldest first; itself among them. */
  versions: readonly string[];
}

/** Turns from one version of a message to another. Shows nothing where there is only one. */
export function Versions({ session, messageId, versions }: VersionsProps) {
  const placeId = useId();
  if (versions.length < 2) return null;
  const index = versions.indexOf(messageId);

  async function turn(step: Step, button: HTMLElement) {
    const next = versions[index + step];
    if (next === undefined) return;
    if (session.isBusy()) return showToast(t("versions.busy"));
    turning = { messageId: next, step, top: button.getBoundingClientRect().top };
    try {
      await session.showVersion(next);
    } catch (cause) {
      turning = null;
      showToast(toFailure(cause).message);
      if (toFailure(cause).error.type === "not_found") void session.reread();
    }
  }

  const button = (step: Step) => (
    <IconButton
      icon={step === -1 ? ChevronLeft : ChevronRight}
      label={step === -1 ? t("versions.previous") : t("versions.next")}
      size="small"
      data-turn={step}
      aria-describedby={placeId}
      aria-disabled={versions[index + step] === undefined}
      aria-keyshortcuts={step === -1 ? "ArrowLeft" : "ArrowRight"}
      className="aria-disabled:opacity-40 aria-disabled:hover:bg-transparent rtl:-scale-x-100"
      ref={(element) => {
        if (element && turning?.messageId === messageId && turning.step === step) settle(element);
      }}
      onClick={(event) => turn(step, event.currentTarget)}
    />
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div role="group" aria-label={t("versions.label")} className="flex shrink-0 items-center">
      {button(-1)}
      <span id={placeId} className="px-0.5 tabular-nums">
        {t("versions.place", { number: index + 1, count: versions.length })}
      </span>
      {button(1)}
    </div>
  );
}

type Step = -1 | 1;

/** The version that is on its way, and where on the screen it was called from. */
let turning: { messageId: string; step: Step; top: number } | null = null;

/** The button that was pressed belonged to the former version: its successor takes over the focus and its place. */
function settle(button: HTMLElement): void {
  const scroller = button.closest("[data-scroller]");
  const top = turning?.top ?? 0;
  turning = null;
  button.focus({ preventScroll: true });
  if (!scroller) return;
  scroller.dispatchEvent(new Event(holdEvent));
  scroller.scrollTop += button.getBoundingClientRect().top - top;
}

/** From any button of a message to its next or former version; elsewhere the arrows scroll or move the cursor. */
export function turnByKey({ nativeEvent, target }: KeyboardEvent<HTMLElement>): void {
  const isFormer = isPressed("formerVersion", nativeEvent);
  if (!isFormer && !isPressed("nextVersion", nativeEvent)) return;
  if (!(target instanceof HTMLButtonElement) || target.form) return;
  const button = target.closest("article")?.querySelector<HTMLElement>(`[data-turn="${isFormer ? -1 : 1}"]`);
  if (!button) return;
  nativeEvent.preventDefault();
  button.click();
}
