"use client";

import { ChevronRight, NotebookText } from "lucide-react";
import { Suspense, useRef, useState, useSyncExternalStore } from "react";
import { MessageEditor } from "@/app/_chat/message/lazy-editor";
import type { ChatSession } from "@/app/_client/chat-session";
import { Button } from "@/app/_ui/button";
import { classNames } from "@/app/_ui/class-names";
import type { LeftOut } from "@/lib/chats/message";
import { t } from "@/lib/i18n/prompt-translator";
import { summaryEdits } from "./summary-edits";
import { SummaryText } from "./summary-text";
import { type Summary, useSummary } from "./use-summary";

interface SummaryItemProps {
  session: ChatSession;
  leftOut: LeftOut;
  isReadOnly: boolean;
}

/** What the model is told in place of the messages that it has no room for; nothing where the person wants none. */
export function SummaryItem({ session, leftOut, isReadOnly }: SummaryItemProps) {
  const { standing, doing, done, problem, ...deeds } = useSummary(session.chatId, leftOut.firstMessageId);
  const edit = useSyncExternalStore(
    summaryEdits.subscribe,
    () => summaryEdits.of(session),
    () => null,
  );
  const [isOpen, setOpen] = useState(edit !== null);
  const returnsFocus = useRef(false);
  const focusesWrite = useRef(false);
  const summary = edit?.summary ?? standing?.summary ?? null;
  if (!edit && !standing?.isOn) return null;

  function leaveEditor() {
    if (!edit) return;
    returnsFocus.current = true;
    summaryEdits.end(session, edit);
  }

  async function save(text: string) {
    if (edit && (await deeds.change(edit.summary, text))) leaveEditor();
  }

  async function forget(forgotten: Summary) {
    focusesWrite.current = true;
    if (!(await deeds.forget(forgotten))) focusesWrite.current = false;
  }

  return (
    <section aria-label={t("summary.label")} className="my-6 text-sm">
      {summary ? (
        <details
          open={isOpen}
          onToggle={(event) => setOpen(event.currentTarget.open)}
          className="group/summary overflow-clip rounded-md border border-line"
        >
          <summary className="flex min-h-10 list-none items-center gap-2.5 px-3 py-2 -outline-offset-2 transition-colors hover:bg-hover pointer-coarse:min-h-11 [&::-webkit-details-marker]:hidden">
            <NotebookText aria-hidden className="size-4 shrink-0 text-ink-faint" />
            <span className="min-w-0 flex-1 text-ink-soft text-pretty [overflow-wrap:anywhere]">
              <Title summary={summary} model={session.chosen.nameOf(summary.model)} />
            </span>
            {summary.isStale && <span className="shrink-0 text-xs text-warn">{t("summary.stale")}</span>}
            <ChevronRight
              aria-hidden
              className="size-4 shrink-0 text-ink-faint transition-transform group-open/summary:rotate-90 rtl:-scale-x-100"
            />
          </summary>
          {(isOpen || edit) && (
            <div className="border-t border-line px-3 py-3">
              {edit ? (
                <Suspense>
                  <MessageEditor
                    label={t("summary.edit")}
                    saveLabel={t("action.save")}
                    text={edit.summary.text}
                    typed={edit.typed}
                    note={t("summary.editNote")}
                    savesOnEnter={false}
                    onSave={(text) => void save(text)}
                    onCancel={leaveEditor}
                  />
                </Suspense>
              ) : (
                <SummaryText
                  summary={summary}
                  leftOut={leftOut}
                  isReadOnly={isReadOnly}
                  isBusy={doing !== null}
                  isWriting={doing === "write"}
                  returnsFocus={returnsFocus}
                  onEdit={() => summaryEdits.begin(session, summary)}
                  onWrite={() => void deeds.write()}
                  onForget={() => void forget(summary)}
                />
              )}
            </div>
          )}
        </details>
      ) : (
        <div className="flex flex-wrap items-center justify-center gap-x-3 gap-y-2 text-center text-ink-soft text-pretty">
          <span>{t("summary.none")}</span>
          {!isReadOnly && (
            <Button
              size="small"
              aria-disabled={doing !== null}
              ref={(button) => {
                // What was forgotten took the button with it that had the focus.
                if (!button || !focusesWrite.current) return;
                focusesWrite.current = false;
                if (document.activeElement === document.body) button.focus({ preventScroll: true });
              }}
              onClick={() => doing === null && void deeds.write()}
            >
              {t(doing === "write" ? "summary.writing" : "summary.writeNow")}
            </Button>
          )}
        </div>
      )}
      {problem && (
        <p role="alert" className={classNames("mt-2 text-danger text-pretty", !summary && "text-center")}>
          {problem}
        </p>
      )}
      <output className="sr-only">{doing === "write" ? t("summary.writing") : done && t(told[done])}</output>
    </section>
  );
}

const told = { write: "summary.written", change: "summary.changed", forget: "summary.forgotten" } as const;

function Title({ summary: { messages, isEdited }, model }: { summary: Summary; model: string }) {
  return (
    <>
      <span className="font-medium text-ink">{t("summary.title", { count: messages })}</span>
      {", "}
      {isEdited ? t("summary.ownWords") : t("summary.writtenBy", { model })}
    </>
  );
}
