"use client";

import { type KeyboardEvent, useRef, useState } from "react";
import { isSending } from "@/app/_chat/composer/sending-key";
import { ErrorNotice } from "@/app/_chat/errors/error-notice";
import type { ModelName } from "@/app/_chat/models/model-choice";
import { holdEvent } from "@/app/_chat/transcript/scroll-keeper";
import type { Refusal } from "@/app/_client/chat-failure";
import { isComposing } from "@/app/_client/page/composition";
import { isPressed } from "@/app/_client/page/shortcuts";
import type { Typed } from "@/app/_client/session/open-edits";
import { Button } from "@/app/_ui/button";
import { t } from "@/lib/i18n/translator";
import { keepTyped } from "./keep-typed";

interface MessageEditorProps {
  label: string;
  saveLabel: string;
  note: string;
  /** The keys that send in the composer save; else only those that send whatever Enter does. */
  savesOnEnter: boolean;
  /** Why the text was not taken when it was saved. */
  refusal?: Refusal | null;
  onSave(text: string): void;
  /** Where what is saved is answered: by another model. */
  onSaveFor?(text: string, model: ModelName): void;
  onCancel(): void;
  /** What there is so far: the editor may be made anew while it is open. */
  typed: Typed;
}

/** A message's text, to be written anew in its place. */
export default function MessageEditor({
  label,
  saveLabel,
  note,
  savesOnEnter,
  refusal = null,
  onSave,
  onSaveFor,
  onCancel,
  typed,
}: MessageEditorProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [begun] = useState(typed.text);
  const [isEmpty, setEmpty] = useState(begun.trim() === "");
  const [holdField] = useState(() => (element: HTMLTextAreaElement) => {
    field.current = element;
    const isAgain = typed.shown === "before";
    const stopKeeping = keepTyped(element, typed);
    const leave = () => {
      field.current = null;
      stopKeeping();
    };
    // Made anew while the person is somewhere else.
    if (isAgain && !(typed.hasFocus && document.activeElement === document.body)) return leave;
    element.focus({ preventScroll: true });
    element.setSelectionRange(element.value.length, element.value.length);
    if (refusal) element.form?.scrollIntoView({ block: "nearest" });
    element.scrollIntoView({ block: "nearest" });
    // The chat is drawn anew around it, and would be followed to its end.
    if (refusal) element.closest("[data-scroller]")?.dispatchEvent(new Event(holdEvent));
    return leave;
  });

  function save(how: (text: string) => void = onSave) {
    const value = field.current?.value ?? "";
    if (value.trim() !== "") how(value);
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      onCancel();
    }
    const isSaving = savesOnEnter ? isSending(event.nativeEvent) : isPressed("sendAnyway", event.nativeEvent);
    if (!isSaving) return;
    event.preventDefault();
    if (!event.repeat) save();
  }

  return (
    <form
      method="post"
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      className="my-1 rounded-lg border border-accent bg-raised shadow-raised"
    >
      <textarea
        ref={holdField}
        aria-label={label}
        defaultValue={begun}
        dir="auto"
        rows={Math.min(16, begun.split("\n", 16).length + 1)}
        className="block max-h-[60dvh] min-h-11 w-full resize-none overflow-y-auto bg-transparent px-4 pt-3 pb-1 text-base leading-relaxed outline-none [field-sizing:content]"
        onKeyDown={onKeyDown}
        onInput={({ currentTarget: { value } }) => setEmpty(value.trim() === "")}
      />
      <div className="flex flex-wrap items-center justify-end gap-2 px-3 pb-3">
        <p className="min-w-40 flex-1 px-1 text-xs text-ink-faint">{note}</p>
        <Button size="small" look="quiet" onClick={onCancel}>
          {t("action.cancel")}
        </Button>
        <Button size="small" look="primary" type="submit" disabled={isEmpty}>
          {saveLabel}
        </Button>
      </div>
      {refusal && (
        <div className="px-3">
          <ErrorNotice
            {...refusal}
            onRetry={() => {
              // What is pressed here goes with the notice.
              field.current?.form
                ?.querySelector<HTMLElement>("[type=submit]")
                ?.focus({ preventScroll: true });
              save();
            }}
            onOtherModel={onSaveFor && ((model) => save((text) => onSaveFor(text, model)))}
          />
        </div>
      )}
    </form>
  );
}
