"use client";

import { type FocusEvent, type KeyboardEvent, useEffect, useRef } from "react";
import { isComposing } from "@/app/_client/page/composition";
import { titleSchema } from "@/lib/chats/chat";
import { t } from "@/lib/i18n/translator";

interface TitleFieldProps {
  title: string;
  onRename(title: string): void;
  /** Comes last, whether it was renamed or not. */
  onClose(): void;
}

/** A title that is being changed in its place: Enter and leaving save it, Escape does not. */
export function TitleField({ title, onRename, onClose }: TitleFieldProps) {
  const isDone = useRef(false);
  const isLeaving = useRef(false);

  useEffect(() => {
    const leave = () => {
      isLeaving.current = true;
    };
    document.addEventListener("pointerdown", leave);
    return () => document.removeEventListener("pointerdown", leave);
  }, []);

  function end(text: string | null) {
    if (isDone.current) return;
    isDone.current = true;
    const chosen = titleSchema.safeParse(text);
    if (chosen.success && chosen.data !== title) onRename(chosen.data);
    onClose();
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    event.stopPropagation();
    if (isComposing(event.nativeEvent)) return;
    if (event.key === "Tab") isLeaving.current = true;
    if (event.key === "Enter") end(event.currentTarget.value);
    if (event.key !== "Escape") return;
    // Within a drawer it would close that as well.
    event.preventDefault();
    end(null);
  }

  /** The first click of a double click opens the chat, whose page takes the focus when it comes. */
  function onBlur({ currentTarget: input }: FocusEvent<HTMLInputElement>) {
    if (!document.hasFocus()) return;
    if (isLeaving.current) return end(input.value);
    isLeaving.current = true;
    requestAnimationFrame(() => input.focus());
  }

  return (
    <input
      ref={selectAll}
      data-title-field
      aria-label={t("chat.title")}
      defaultValue={title}
      maxLength={200}
      dir="auto"
      autoComplete="off"
      onKeyDown={onKeyDown}
      onPointerDown={(event) => event.stopPropagation()}
      onBlur={onBlur}
      className="h-full w-full rounded-md border border-accent bg-raised px-2.5 text-base text-ink outline-none pointer-fine:text-sm"
    />
  );
}

function selectAll(input: HTMLInputElement | null): void {
  input?.focus();
  input?.select();
}
