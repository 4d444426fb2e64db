"use client";

import { ArrowUp, ListPlus, Square } from "lucide-react";
import {
  type ClipboardEvent,
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  Suspense,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { preloadErrorNotice } from "@/app/_chat/errors/lazy-error-notice";
import { PromptButton } from "@/app/_chat/prompt/prompt-button";
import { createQuestionHistory } from "@/app/_client/drafts/question-history";
import { offerActions } from "@/app/_client/page/actions";
import { isComposing } from "@/app/_client/page/composition";
import { isPressed } from "@/app/_client/page/shortcuts";
import { textOfMessage } from "@/app/_client/session/chat-message";
import type { ChatSession } from "@/app/_client/session/chat-session";
import { IconButton } from "@/app/_ui/icon-button";
import { lazyOrNothing } from "@/app/_ui/lazy-or-nothing";
import { questionLengthMax } from "@/lib/chats/question-length";
import { t } from "@/lib/i18n/translator";
import { fitHeight } from "./fit-height";
import { focusToQuestion } from "./focus-to-question";
import { longTextMin, replaceLongSelections, replaceSelection } from "./replace-selection";
import { isSending } from "./sending-key";
import { directionOf } from "./text-direction";
import { useDraft } from "./use-draft";

const CostHint = lazyOrNothing(() => import("./cost-hint"));

interface ComposerProps {
  session: ChatSession;
  isBusy: boolean;
  /** A question went out, or will after the answer that runs. */
  onSent(): void;
  onStop(): Promise<unknown>;
  modelButton: ReactNode;
}

export function Composer({ session, isBusy, onSent, onStop, modelButton }: ComposerProps) {
  const input = useRef<HTMLTextAreaElement>(null);
  const problemId = useId();
  const { attach, isEmpty, save, settle } = useDraft(session.place, fitHeight);
  const [history] = useState(createQuestionHistory);
  const [problem, setProblem] = useState<string | null>(null);
  const [isStopping, setStopping] = useState(false);
  // The same function in every drawing: a new one would be attached anew, and take the focus again.
  const [holdField] = useState(() => (field: HTMLTextAreaElement | null) => {
    input.current = field;
    if (!field) return;
    const detach = attach(field);
    const leave = replaceLongSelections(field);
    return () => {
      leave();
      detach?.();
    };
  });
  if (isStopping && !isBusy) setStopping(false);

  useEffect(() => {
    if (!isEmpty) preloadErrorNotice();
  }, [isEmpty]);

  useEffect(() => offerActions({ writeQuestion: () => input.current?.focus() }), []);

  function send(event?: FormEvent) {
    event?.preventDefault();
    const field = input.current;
    if (!field || field.value.trim() === "") return;
    if (field.value.length > questionLengthMax) return setProblem(tooLong(field.value.length));
    if (!session.send(field.value)) return;
    settle();
    show("");
    onSent();
    // Where there is a keyboard on the screen, it has to make room for the answer.
    if (window.matchMedia("(pointer: fine)").matches) field.focus();
  }

  /** Puts a text into the field as if it had been typed. */
  function show(text: string) {
    const field = input.current;
    if (!field) return;
    field.dir = directionOf(text);
    field.value = text;
    onInput(field);
  }

  function onInput(field: HTMLTextAreaElement) {
    save(field.value);
    setProblem(field.value.length > questionLengthMax ? tooLong(field.value.length) : null);
    fitHeight(field);
  }

  function stop() {
    setStopping(true);
    void onStop().finally(() => setStopping(false));
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (isComposing(event.nativeEvent)) return;
    if (isSending(event.nativeEvent)) {
      event.preventDefault();
      // A key that is held was pressed for something else.
      if (!event.repeat) send();
      return;
    }
    const recalled = recall(event.nativeEvent, event.currentTarget);
    if (recalled === null) return;
    event.preventDefault();
    show(recalled);
    event.currentTarget.setSelectionRange(recalled.length, recalled.length);
  }

  function recall(event: globalThis.KeyboardEvent, field: HTMLTextAreaElement): string | null {
    const isEarlier = isPressed("earlierQuestion", event);
    if (!isEarlier && !isPressed("laterQuestion", event)) return null;
    if (event.shiftKey || !isAtEdge(field, isEarlier)) return null;
    const asked = session.chat.messages.filter(({ role }) => role === "user").map(textOfMessage);
    return history.step(isEarlier ? "earlier" : "later", field.value, asked);
  }

  function onPaste(event: ClipboardEvent<HTMLTextAreaElement>) {
    const field = event.currentTarget;
    const { value, selectionStart, selectionEnd } = field;
    const pasted = event.clipboardData.getData("text/plain");
    const length = value.length - (selectionEnd - selectionStart) + pasted.length;
    if (length <= questionLengthMax && pasted.length < longTextMin) return;
    event.preventDefault();
    if (length > questionLengthMax) return setProblem(tooLong(length));
    replaceSelection(field, pasted);
  }

  return (
    <form
      method="post"
      aria-label={t("composer.label")}
      onSubmit={send}
      className="mx-auto w-full max-w-column shrink-0 bg-paper px-3 pb-[calc(0.75rem+env(safe-area-inset-bottom))] max-md:sticky max-md:bottom-0 max-md:order-last md:px-5 md:pb-[calc(1.25rem+env(safe-area-inset-bottom))]"
    >
      <div className="rounded-xl border border-line bg-raised shadow-raised transition-colors focus-within:border-accent">
        <textarea
          ref={holdField}
          aria-label={t("composer.question")}
          aria-describedby={problem ? problemId : undefined}
          aria-invalid={problem ? true : undefined}
          placeholder={t("composer.placeholder")}
          rows={1}
          dir="auto"
          enterKeyHint="enter"
          className="block max-h-[40dvh] min-h-13 w-full resize-none overflow-y-auto overscroll-contain bg-transparent px-4.5 pt-3.5 pb-1 text-base leading-normal outline-none [field-sizing:content]"
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onInput={(event) => {
            onInput(event.currentTarget);
          }}
        />
        {problem && (
          <p id={problemId} role="alert" className="px-4.5 pb-1 text-sm text-danger">
            {problem}
          </p>
        )}
        <div className="flex items-center gap-2 px-2 pb-2">
          <div className="min-w-0 flex-1">{modelButton}</div>
          <PromptButton session={session} readText={() => input.current?.value ?? ""} />
          {!isEmpty && (
            <Suspense>
              <CostHint session={session} field={input} />
            </Suspense>
          )}
          {isBusy && (
            <IconButton
              ref={focusToQuestion}
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

/** Where there is a line above, or below, the arrow goes there. */
function isAtEdge({ value, selectionStart, selectionEnd }: HTMLTextAreaElement, isUpper: boolean): boolean {
  if (selectionStart !== selectionEnd) return false;
  return !(isUpper ? value.slice(0, selectionStart) : value.slice(selectionEnd)).includes("\n");
}

function tooLong(length: number): string {
  return t("composer.tooLong", { length, max: questionLengthMax });
}
