"use client";

import { ChevronRight, NotebookText } from "lucide-react";
import { Suspense, useRef } from "react";
import { MessageEditor } from "@/app/_chat/message/lazy-editor";
import type { ChatSession } from "@/app/_client/session/chat-session";
import { useDisclosure } from "@/app/_ui/use-disclosure";
import type { LeftOut } from "@/lib/chats/message";
import { t } from "@/lib/i18n/prompt-translator";
import { type SummaryEdit, summaryEdits } from "./summary-edits";
import { SummaryText } from "./summary-text";
import type { Summary, useSummary } from "./use-summary";

interface SummaryDetailsProps {
  session: ChatSession;
  summary: Summary;
  leftOut: LeftOut;
  isReadOnly: boolean;
  /** While it is being edited. */
  edit: SummaryEdit | null;
  /** To be written anew may cost words of the person's own, here or in the other one. */
  hasUnsentWords: boolean;
  doing: ReturnType<typeof useSummary>["doing"];
  /** `false` when that failed. */
  onSave(summary: Summary, text: string): Promise<boolean>;
  onWrite(): void;
  onForget(summary: Summary): void;
}

/** One summary: what it stands for at a glance, and its text to be read and changed. */
export function SummaryDetails({
  session,
  summary,
  leftOut,
  isReadOnly,
  edit,
  hasUnsentWords,
  doing,
  onSave,
  onWrite,
  onForget,
}: SummaryDetailsProps) {
  const { isOpen, details } = useDisclosure(edit !== null);
  const returnsFocus = useRef(false);

  function leave() {
    if (!edit) return;
    returnsFocus.current = true;
    summaryEdits.end(session, edit);
  }

  async function save(text: string) {
    if (await onSave(summary, text)) leave();
  }

  return (
    <details {...details} className="group/summary overflow-clip rounded-md border border-line">
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
                typed={edit.typed}
                note={t("summary.editNote")}
                savesOnEnter={false}
                onSave={(text) => void save(text)}
                onCancel={leave}
              />
            </Suspense>
          ) : (
            <SummaryText
              summary={summary}
              leftOut={leftOut}
              hasUnsentWords={hasUnsentWords}
              isReadOnly={isReadOnly}
              isBusy={doing !== null}
              isWriting={doing === "write"}
              returnsFocus={returnsFocus}
              onEdit={() => summaryEdits.begin(session, summary)}
              onWrite={onWrite}
              onForget={() => onForget(summary)}
            />
          )}
        </div>
      )}
    </details>
  );
}

function Title({ summary: { messages, isEdited }, model }: { summary: Summary; model: string }) {
  return (
    <>
      <span className="font-medium text-ink">{t("summary.title", { count: messages })}</span>
      {", "}
      {isEdited ? t("summary.ownWords") : t("summary.writtenBy", { model })}
    </>
  );
}
