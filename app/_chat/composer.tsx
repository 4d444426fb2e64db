"use client";

import { ArrowUp, ListPlus, Square } from "lucide-react";
import { type FormEvent, type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import type { ChatSession } from "@/app/_client/chat-session";
import { IconButton } from "@/app/_ui/icon-button";
import { t } from "@/lib/i18n/translator";
import { useDraft } from "./use-draft";

interface ComposerProps {
  session: ChatSession;
  isBusy: boolean;
  onStop(): Promise<unknown>;
  modelButton: ReactNode;
}

export function Composer({ session, isBusy, onStop, modelButton }: ComposerProps) {
  const input = useRef<HTMLTextAreaElement>(null);
  const { attach, isEmpty, save } = useDraft(session.place);
  const [isStopping, setStopping] = useState(false);
  // The same function in every drawing: a new one would be attached anew, and take the focus again.
  const [holdField] = useState(() => (field: HTMLTextAreaElement | null) => {
    input.current = field;
    return attach(field);
  });
  if (isStopping && !isBusy) setStopping(false);

  function send(event?: FormEvent) {
    event?.preventDefault();
    const field = input.current;
    if (!field || field.value.trim() === "") return;
    if (!session.send(field.value)) return;
    field.value = "";
    save("");
    fitHeight(field);
    // Where there is a keyboard on the screen, it has to make room for the answer.
    if (window.matchMedia("(pointer: fine)").matches) field.focus();
  }

  function stop() {
    setStopping(true);
    void onStop().finally(() => setStopping(false));
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.key !== "Enter" || event.shiftKey || event.altKey) return;
    // Enter that ends a composition (code 229 where the flag is gone already) chooses a word, and sends nothing.
    if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return;
    const isExplicit = event.ctrlKey || event.metaKey;
    if (!isExplicit && window.matchMedia("(pointer: coarse)").matches) return;
    event.preventDefault();
    send();
  }

  return (
    <form
      aria-label={t("composer.label")}
      onSubmit={send}
      className="mx-auto w-full max-w-column shrink-0 bg-paper px-3 pb-[calc(0.75rem+env(safe-area-inset-bottom))] max-md:sticky max-md:bottom-0 max-md:order-last md:px-5 md:pb-5"
    >
      <div className="rounded-xl border border-line bg-raised shadow-raised transition-colors focus-within:border-accent">
        <textarea
          ref={holdField}
          aria-label={t("composer.question")}
          placeholder={t("composer.placeholder")}
          rows={1}
          dir="auto"
          enterKeyHint="enter"
          className="block max-h-[40dvh] min-h-13 w-full resize-none overflow-y-auto bg-transparent px-4.5 pt-3.5 pb-1 text-base leading-normal outline-none [field-sizing:content]"
          onKeyDown={onKeyDown}
          onInput={(event) => {
            save(event.currentTarget.value);
            fitHeight(event.currentTarget);
          }}
        />
        <div className="flex items-center gap-2 px-2 pb-2">
          <div className="min-w-0 flex-1">{modelButton}</div>
          {isBusy && (
            <IconButton
              icon={Square}
              label={isStopping ? t("composer.stopping") : t("composer.stop")}
              aria-disabled={isStopping}
              onClick={isStopping ? undefined : stop}
              look="solid"
              shape="round"
              className="[&_svg]:size-3.5 [&_svg]:fill-current"
            />
          )}
          {(!isBusy || !isEmpty) && (
            <IconButton
              type="submit"
              icon={isBusy ? ListPlus : ArrowUp}
              label={isBusy ? t("composer.queue") : t("composer.send")}
              disabled={isEmpty}
              look="accent"
              shape="round"
            />
          )}
        </div>
      </div>
    </form>
  );
}

/** For browsers that cannot size a field by its content in CSS. */
function fitHeight(field: HTMLTextAreaElement): void {
  if (CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}
