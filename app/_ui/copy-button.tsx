"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { IconButton } from "./icon-button";

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

/** Pages without TLS have no clipboard; the old command still works there. */
async function writeText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.style.position = "fixed";
    area.style.opacity = "0";
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    return copied;
  }
}
