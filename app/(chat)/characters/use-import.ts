"use client";

import { useRef, useState } from "react";
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

/**
 * Imports card files one after the other, and keeps what was wrong with those that could not be. What is given
 * meanwhile waits for its turn.
 */
export function useImport(onImported: () => void) {
  const waiting = useRef<File[]>([]);
  const [progress, setProgress] = useState<{ done: number; all: number } | null>(null);
  const [problems, setProblems] = useState<readonly ImportProblem[]>([]);

  async function importFiles(files: readonly File[]) {
    if (files.length === 0) return;
    const isRunning = waiting.current.length > 0;
    waiting.current.push(...files);
    setProgress((now) => ({ done: now?.done ?? 0, all: (now?.all ?? 0) + files.length }));
    if (isRunning) return;

    setProblems([]);
    let count = 0;
    for (let file = waiting.current[0]; file; file = waiting.current[0]) {
      try {
        await sendFile(importCharacter, file);
        count += 1;
      } catch (cause) {
        const problem = { fileName: file.name, text: problemText(toFailure(cause).error) };
        setProblems((before) => [...before, problem]);
      }
      // Only now: as long as one is there, who gives more leaves them to this.
      waiting.current.shift();
      setProgress((now) => now && { ...now, done: now.done + 1 });
    }
    setProgress(null);
    if (count === 0) return;
    showToast(t("characters.imported", { count }));
    onImported();
  }

  return { progress, problems, importFiles, dismissProblems: () => setProblems([]) };
}
