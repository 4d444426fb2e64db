"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { IconButton } from "./icon-button";
import { writeClipboard } from "./write-clipboard";

interface CopyButtonProps {
  label: string;
  copiedLabel: string;
  failedLabel: string;
  read(): string;
  /** The same, formatted. */
  readHtml?(button: HTMLElement): string | null;
  className?: string;
}

export function CopyButton({ label, copiedLabel, failedLabel, read, readHtml, className }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<"idle" | "copied" | "failed">("idle");
  const names = { idle: label, copied: copiedLabel, failed: failedLabel };

  async function copy(button: HTMLElement) {
    const copied = await writeClipboard(read(), readHtml?.(button));
    setOutcome(copied ? "copied" : "failed");
    setTimeout(() => setOutcome("idle"), shownMs);
  }

  return (
    <>
      <IconButton
        icon={outcome === "copied" ? Check : Copy}
        label={names[outcome]}
        size="small"
        className={className}
        onClick={(event) => copy(event.currentTarget)}
      />
      <output className="sr-only">{outcome === "idle" ? "" : names[outcome]}</output>
    </>
  );
}

const shownMs = 2000;
