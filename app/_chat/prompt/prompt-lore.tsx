"use client";

import { BookOpen, TriangleAlert } from "lucide-react";
import { OpenMark } from "@/app/_ui/open-mark";
import { t } from "@/lib/i18n/prompt-translator";
import type { LoreReport } from "@/lib/prompts/lore-report";
import { tokensText } from "./tokens-text";

// More than anybody reads; a book may have thousands.
const shownMax = 100;

/** Which entries of the character's lorebook are told and why, and what of it has no effect. */
export function PromptLore({ lore }: { lore: LoreReport }) {
  const { told, notes } = lore;
  const tokens = told.reduce((sum, entry) => sum + entry.tokens, 0);
  const title =
    told.length === 0
      ? t("lore.titleNone")
      : t("lore.title", { count: told.length, tokens: tokensText(tokens, true) });
  return (
    <details className="rounded-lg border border-line">
      <summary className="flex min-h-11 list-none items-center gap-2 px-3 py-2 text-sm font-medium [&::-webkit-details-marker]:hidden">
        <OpenMark />
        <BookOpen aria-hidden className="size-4 shrink-0 text-ink-faint" />
        <span className="min-w-0 flex-1">{title}</span>
        {notes.length > 0 && <TriangleAlert aria-hidden className="size-4 shrink-0 text-warn" />}
      </summary>
      <div className="grid gap-4 border-t border-line px-3.5 py-3 text-sm [overflow-wrap:anywhere]">
        {told.length > 0 && (
          <ul className="grid gap-1.5">
            {told.slice(0, shownMax).map(({ entry, name, reason, key, tokens }) => (
              <li key={entry} className="flex flex-wrap items-baseline gap-x-2">
                <span dir="auto" className="min-w-0">
                  {name || t("lore.entry", { number: entry + 1 })}
                </span>
                <span className="text-xs text-ink-soft">{t(reasons[reason], { key: key ?? "" })}</span>
                <span className="ms-auto text-xs tabular-nums text-ink-soft">{tokensText(tokens, true)}</span>
              </li>
            ))}
            <More count={told.length - shownMax} />
          </ul>
        )}
        {notes.length > 0 && (
          <ul className="grid gap-1.5">
            {notes.slice(0, shownMax).map(({ entry, name, problem, what }) => (
              <li key={`${entry} ${problem}`}>
                <span dir="auto">{name || t("lore.entry", { number: entry + 1 })}</span>{" "}
                <span className="text-warn">{t(`lore.problem.${problem}`, { what: what.join(" · ") })}</span>
              </li>
            ))}
            <More count={notes.length - shownMax} />
          </ul>
        )}
        <p className="text-xs text-ink-faint">{t("lore.estimate")}</p>
      </div>
    </details>
  );
}

const reasons = { key: "lore.byKey", always: "lore.always", recursion: "lore.byRecursion" } as const;

function More({ count }: { count: number }) {
  return count > 0 && <li className="text-xs text-ink-faint">{t("lore.more", { count })}</li>;
}
