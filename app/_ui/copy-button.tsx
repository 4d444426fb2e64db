"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { IconButton } from "./icon-button";
import { writeText } from "./write-text";

interface CopyButtonProps {
  label: string;
  copiedLabel: string;
  failedLabel: string;
  read(): string;
  className?: string;
}

export function CopyButton({ label, copiedLabel, failedLabel, read, className }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<"idle" | "copied" | "failed">("idle");
  const names = { idle: label, copied: copiedLabel, failed: failedLabel };

  async function copy() {
    const copied = await writeText(read());
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
        onClick={copy}
      />
      <output className="sr-only">{outcome === "idle" ? "" : names[outcome]}</output>
    </>
  );
}

const shownMs = 2000;
