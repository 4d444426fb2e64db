"use client";

import { createContext, type MouseEvent, use } from "react";
import { t } from "@/lib/i18n/translator";

/** The labels of the text's footnotes, and what makes their ids the page's only ones. */
export const FootnoteContext = createContext<{ prefix: string; labels: readonly string[] }>({
  prefix: "",
  labels: [],
});

/** Leads to its footnote once that is written. */
export function FootnoteMark({ label }: { label: string }) {
  const { prefix, labels } = use(FootnoteContext);
  const isDefined = labels.includes(label);
  return (
    <sup id={isDefined ? `${prefix}-mark-${label}` : undefined}>
      {isDefined ? (
        <a
          href={`#${prefix}-note-${label}`}
          aria-label={t("markdown.footnote", { label })}
          onClick={goToTarget}
        >
          {label}
        </a>
      ) : (
        label
      )}
    </sup>
  );
}

export function FootnoteReturn({ label }: { label: string }) {
  const { prefix } = use(FootnoteContext);
  return (
    <a href={`#${prefix}-mark-${label}`} aria-label={t("markdown.footnoteBack")} onClick={goToTarget}>
      ↩
    </a>
  );
}

export function footnoteId(prefix: string, label: string): string {
  return `${prefix}-note-${label}`;
}

/** Within the page, and without a trace in its address. */
function goToTarget(event: MouseEvent<HTMLAnchorElement>): void {
  event.preventDefault();
  const id = decodeURIComponent(event.currentTarget.hash.slice(1));
  const target = document.getElementById(id);
  (target ?? standInFor(id, event.currentTarget))?.scrollIntoView({ block: "center" });
  (target?.querySelector("a") ?? target)?.focus({ preventScroll: true });
}

/** Far from view a footnote's mark is on the page as it was written. */
function standInFor(id: string, from: Element): Element | undefined {
  const label = id.slice(id.indexOf("-mark-") + "-mark-".length);
  const standIns = Array.from(from.closest(".markdown")?.querySelectorAll("[data-stand-in]") ?? []);
  return standIns.find(({ textContent }) => textContent.includes(`[^${label}]`));
}
