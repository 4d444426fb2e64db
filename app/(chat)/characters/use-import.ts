"use client";

import { useState } from "react";
import { toFailure } from "@/app/_client/chat-failure";
import { sendFile } from "@/app/_client/send-file";
import { showToast } from "@/app/_ui/toasts";
import { importCharacter } from "@/lib/api/characters";
import { t } from "@/lib/i18n/characters-translator";
import { problemText } from "./problem-text";

export interface ImportProblem {
  fileName: string;
  text: string;
}

/** Imports card files one after the other, and keeps what was wrong with those that could not be. */
export function useImport(onImported: () => void) {
  const [isImporting, setImporting] = useState(false);
  const [problems, setProblems] = useState<readonly ImportProblem[]>([]);

  async function importFiles(files: readonly File[]) {
    if (files.length === 0 || isImporting) return;
    setImporting(true);
    setProblems([]);
    let count = 0;
    for (const file of files) {
      try {
        await sendFile(importCharacter, file);
        count += 1;
      } catch (cause) {
        const problem = { fileName: file.name, text: problemText(toFailure(cause).error) };
        setProblems((before) => [...before, problem]);
      }
    }
    setImporting(false);
    if (count === 0) return;
    showToast(t("characters.imported", { count }));
    onImported();
  }

  return { isImporting, problems, importFiles, dismissProblems: () => setProblems([]) };
}
