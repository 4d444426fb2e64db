"use client";

import { useRef, useSyncExternalStore } from "react";
import type { ChatSession } from "@/app/_client/session/chat-session";
import { Button } from "@/app/_ui/button";
import { classNames } from "@/app/_ui/class-names";
import type { LeftOut } from "@/lib/chats/message";
import { t } from "@/lib/i18n/prompt-translator";
import { SummaryDetails } from "./summary-details";
import { summaryEdits } from "./summary-edits";
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
  const focusesWrite = useRef(false);
  const edited = edit?.summary ?? null;
  const isOfWords = edited !== null && edited.throughMessageId === standing?.unsentWords?.throughMessageId;
  const summary = (isOfWords ? null : edited) ?? standing?.summary ?? null;
  const words = (isOfWords ? edited : standing?.unsentWords) ?? null;
  if (!edit && !standing?.isOn) return null;

  async function forget(forgotten: Summary) {
    focusesWrite.current = true;
    if (!(await deeds.forget(forgotten))) focusesWrite.current = false;
  }

  const common = {
    session,
    leftOut,
    isReadOnly,
    doing,
    onSave: deeds.change,
    onWrite: () => void deeds.write(),
    onForget: (forgotten: Summary) => void forget(forgotten),
  };
  return (
    <section aria-label={t("summary.label")} className="my-6 text-sm">
      {summary ? (
        <div className="flex flex-col gap-2">
          <SummaryDetails
            {...common}
            summary={summary}
            edit={edited === summary ? edit : null}
            hasUnsentWords={words !== null}
          />
          {words && (
            <SummaryDetails
              {...common}
              summary={words}
              edit={edited === words ? edit : null}
              hasUnsentWords
            />
          )}
        </div>
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
