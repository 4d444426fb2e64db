"use client";

import { Check, CircleAlert, GitCompareArrows } from "lucide-react";
import { useRef } from "react";
import { Alert } from "@/app/_ui/alert";
import { Button } from "@/app/_ui/button";
import { handOnFocus } from "@/app/_ui/hand-on-focus";
import { t } from "@/lib/i18n/characters-translator";
import type { EditorState } from "./use-editor";

interface EditorBarProps {
  editor: EditorState;
  /** How much of the card is told with every question. */
  always: string | undefined;
}

/** Below the fields: how long all is, what is not saved, and what came of saving. */
export function EditorBar({ editor, always }: EditorBarProps) {
  const { progress, isChanged, isRestored } = editor;
  const saveButton = useRef<HTMLButtonElement>(null);
  const isPending = progress.state === "pending";
  const told =
    progress.state === "saved" ? "editor.saved" : isRestored ? "editor.restored" : "editor.unsaved";
  return (
    <div className="shrink-0 border-t border-line bg-paper">
      <div className="mx-auto grid w-full max-w-3xl gap-3 px-5 pt-3 pb-[calc(0.75rem+env(safe-area-inset-bottom))]">
        {progress.state === "failed" && (
          <Alert tone="danger" icon={CircleAlert} isUrgent>
            {progress.text}
          </Alert>
        )}
        {progress.state === "conflict" && (
          <Alert tone="warn" icon={GitCompareArrows} title={t("editor.conflict")} isUrgent>
            <p>{t("editor.conflictText")}</p>
            <Button
              size="small"
              className="mt-3"
              ref={handOnFocus(() => saveButton.current?.focus())}
              onClick={() => editor.save(progress.version)}
            >
              {t("editor.saveOver")}
            </Button>
          </Alert>
        )}
        <div className="flex flex-wrap items-center justify-end gap-2">
          <div className="me-auto min-w-0 text-sm">
            <output className="flex items-center gap-1.5 text-ink-soft">
              {progress.state === "saved" && <Check aria-hidden className="size-4 text-accent" />}
              {(isChanged || progress.state === "saved") && t(told)}
            </output>
            {always && (
              <p className="text-xs tabular-nums text-ink-faint">{t("check.always", { tokens: always })}</p>
            )}
          </div>
          {isChanged && (
            <Button
              look="quiet"
              ref={handOnFocus(() => saveButton.current?.focus())}
              aria-disabled={isPending}
              onClick={isPending ? undefined : editor.discard}
            >
              {t("editor.discard")}
            </Button>
          )}
          <Button look="primary" type="submit" ref={saveButton} aria-disabled={isPending || !isChanged}>
            {t(isPending ? "editor.saving" : "editor.save")}
          </Button>
        </div>
      </div>
    </div>
  );
}
