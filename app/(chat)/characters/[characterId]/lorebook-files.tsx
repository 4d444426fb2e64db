"use client";

import { FileDown, FileUp } from "lucide-react";
import { useRef, useState } from "react";
import { toFailure } from "@/app/_client/chat-failure";
import { sendFile } from "@/app/_client/send-file";
import { Button } from "@/app/_ui/button";
import { showToast } from "@/app/_ui/toasts";
import { download } from "@/app/(chat)/characters/download";
import { problemText } from "@/app/(chat)/characters/problem-text";
import { readLorebook } from "@/lib/api/characters";
import type { Lorebook } from "@/lib/characters/card";
import { t } from "@/lib/i18n/characters-translator";

interface LorebookFilesProps {
  characterId: string;
  hasEntries: boolean;
  onImported(book: Lorebook): void;
}

/** A lorebook from a file of its own, and as one. */
export function LorebookFiles({ characterId, hasEntries, onImported }: LorebookFilesProps) {
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
      <Button size="small" disabled={isReading} onClick={() => picker.current?.click()}>
        <FileUp aria-hidden className="size-4" />
        {t("lore.import")}
      </Button>
      {hasEntries && (
        <Button
          size="small"
          look="quiet"
          onClick={() => download(`/api/characters/${encodeURIComponent(characterId)}/lorebook`)}
        >
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
