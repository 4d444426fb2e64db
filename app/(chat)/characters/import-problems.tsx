"use client";

import { FileX2 } from "lucide-react";
import { Alert } from "@/app/_ui/alert";
import { Button } from "@/app/_ui/button";
import { handOnFocus } from "@/app/_ui/hand-on-focus";
import { t } from "@/lib/i18n/characters-translator";
import type { ImportProblem } from "./use-import";

interface ImportProblemsProps {
  problems: readonly ImportProblem[];
  onDismiss(): void;
  /** Had the focus. */
  onGone(): void;
}

export function ImportProblems({ problems, onDismiss, onGone }: ImportProblemsProps) {
  if (problems.length === 0) return null;
  return (
    <div className="mt-4">
      <Alert
        tone="danger"
        icon={FileX2}
        title={t("characters.importProblems", { count: problems.length })}
        isUrgent
      >
        <ul className="grid gap-1">
          {problems.map(({ fileName, text }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name
            <li key={index} className="[overflow-wrap:anywhere]">
              <strong className="font-medium">{fileName}</strong>: {text}
            </li>
          ))}
        </ul>
        <Button size="small" className="mt-3" ref={handOnFocus(onGone)} onClick={onDismiss}>
          {t("action.dismiss")}
        </Button>
      </Alert>
    </div>
  );
}
