"use client";

import { FileDown, FileUp } from "lucide-react";
import { useRef, useState } from "react";
import { toFailure } from "@/app/_client/chat-failure";
import { sendFile } from "@/app/_client/send-file";
import { Button } from "@/app/_ui/button";
import { showToast } from "@/app/_ui/toasts";
import { saveAs } from "@/app/(chat)/characters/download";
import { problemText } from "@/app/(chat)/characters/problem-text";
import { readLorebook } from "@/lib/api/characters";
import type { Lorebook } from "@/lib/characters/card";
import { writeWorldInfo } from "@/lib/characters/world-info/write-world-info";
import { t } from "@/lib/i18n/characters-translator";

interface LorebookFilesProps {
  /** As it stands, saved or not. */
  book: Lorebook | null;
  onImported(book: Lorebook): void;
}

/** A lorebook from a file of its own, and as one. */
export function LorebookFiles({ book, onImported }: LorebookFilesProps) {
  const picker = useRef<HTMLInputElement>(null);
  const [isReading, setReading] = useState(false);

  async function read(file: File) {
    setReading(true);
    try {
      onImported(await sendFile(readLorebook, file));
    } catch (cause) {
      showToast(problemText(toFailure(cause).error));
    }
    setReading(false);
  }

  return (
    <>
      <Button size="small" aria-disabled={isReading} onClick={() => isReading || picker.current?.click()}>
        <FileUp aria-hidden className="size-4" />
        {t("lore.import")}
      </Button>
      {book && book.entries.length > 0 && (
        <Button size="small" look="quiet" onClick={() => exportBook(book)}>
          <FileDown aria-hidden className="size-4" />
          {t("lore.export")}
        </Button>
      )}
      <input
        ref={picker}
        type="file"
        accept=".json,.png,application/json,image/png"
        hidden
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = "";
          if (file) void read(file);
        }}
      />
    </>
  );
}

function exportBook(book: Lorebook): void {
  const name =
    typeof book.name === "string" && book.name.trim() !== "" ? book.name.trim() : t("lore.fileName");
  saveAs(new Blob([writeWorldInfo(book)], { type: "application/json" }), `${name}.json`);
}
