"use client";

import { ChevronRight } from "lucide-react";
import { Markdown } from "@/app/_chat/markdown/markdown";
import { useDisclosure } from "@/app/_ui/use-disclosure";
import { t } from "@/lib/i18n/translator";

interface ReasoningProps {
  text: string;
  isGrowing: boolean;
  durationMs: number | undefined;
}

/** What the model thought before it answered: closed unless the reader wants it. */
export function Reasoning({ text, isGrowing, durationMs }: ReasoningProps) {
  const { isOpen, details } = useDisclosure();
  if (text.trim() === "") return null;
  return (
    <details {...details} className="group/reasoning mb-4 text-sm">
      <summary className="touch-target -ms-1.5 flex w-fit list-none items-center gap-1.5 rounded-md px-1.5 py-1 text-ink-faint transition-colors hover:text-ink [&::-webkit-details-marker]:hidden">
        {isGrowing && <span aria-hidden className="size-2 animate-breathe rounded-full bg-accent" />}
        {isGrowing ? t("reasoning.running") : doneLabel(durationMs)}
        <ChevronRight
          aria-hidden
          className="size-3.5 transition-transform group-open/reasoning:rotate-90 rtl:-scale-x-100"
        />
      </summary>
      {isOpen && (
        <div className="mt-2 border-s border-line ps-4 text-ink-soft [&_.markdown]:text-sm [&_.markdown]:leading-relaxed">
          <Markdown text={text} isGrowing={isGrowing} />
        </div>
      )}
    </details>
  );
}

function doneLabel(durationMs: number | undefined): string {
  if (durationMs === undefined) return t("reasoning.done");
  const seconds = Math.max(1, Math.round(durationMs / 1000));
  if (seconds < 100) return t("reasoning.doneInSeconds", { seconds });
  return t("reasoning.doneInMinutes", { minutes: Math.round(seconds / 60) });
}
