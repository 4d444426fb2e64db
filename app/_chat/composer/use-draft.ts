"use client";

import { useRef, useState } from "react";
import { drafts } from "@/app/_client/drafts/drafts";
import { directionOf } from "./text-direction";

/** Fills the field with the draft of its chat, and keeps what is typed there. The field is uncontrolled. */
export function useDraft(place: () => string, onFilled: (field: HTMLTextAreaElement) => void) {
  const [isEmpty, setEmpty] = useState(true);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  function save(text: string) {
    setEmpty(text.trim() === "");
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      timer.current = undefined;
      drafts.write(place(), text);
    }, saveDelayMs);
  }

  /** What was typed here is stored, or has been sent: there is nothing to write any more. */
  function settle() {
    clearTimeout(timer.current);
    timer.current = undefined;
  }

  const [attach] = useState(() => (field: HTMLTextAreaElement | null) => {
    if (!field) return;
    const show = (text: string) => {
      field.dir = directionOf(text);
      field.value = text;
      setEmpty(text.trim() === "");
      onFilled(field);
    };
    show(field.value === "" ? drafts.read(place()) : field.value);
    // The first click on a title to be changed opens its chat: what is typed there is not to end up here.
    const isRenaming = document.activeElement?.matches("[data-title-field]");
    if (!isRenaming && window.matchMedia("(pointer: fine)").matches) field.focus();
    // Only what was typed here: a tab that was only read must not write over what another one has typed since.
    const flush = () => {
      if (timer.current === undefined) return;
      settle();
      drafts.write(place(), field.value);
    };
    const forget = drafts.onGivenBack((from, text) => {
      if (from !== place()) return;
      show([text, field.value].filter((part) => part.trim() !== "").join("\n\n"));
      settle();
      drafts.write(place(), field.value);
      field.focus();
    });
    const stopWatching = drafts.onSentElsewhere((from, text) => {
      if (from === place() && field.value === text) show("");
    });
    // Before the drafts of this tab are marked as left.
    window.addEventListener("pagehide", flush, { capture: true });
    return () => {
      forget();
      stopWatching();
      window.removeEventListener("pagehide", flush, { capture: true });
      flush();
    };
  });

  return { attach, isEmpty, save, settle };
}

/** Writing a megabyte on every key would be felt. */
const saveDelayMs = 300;
