"use client";

import { type ReactNode, useState } from "react";
import type { ChatMessagePart } from "@/app/_client/session/chat-message";
import { t } from "@/lib/i18n/part-translator";

export type SourcePart = Extract<ChatMessagePart, { sourceId: string }>;

/** What an answer rests on, by number. Nothing of it is fetched before somebody follows a link. */
export default function Sources({ sources }: { sources: readonly SourcePart[] }): ReactNode {
  const [isAll, setAll] = useState(false);
  const isLong = sources.length > shownMax + 1;
  return (
    <section aria-label={t("sources.label")} className="mt-5 mb-3 text-sm">
      <h3 className="mb-1 font-medium text-ink-soft">{t("sources.label")}</h3>
      <div data-rich>
        <ol className="grid gap-x-4 sm:grid-cols-2">
          {sources.map((source, index) => (
            <li key={source.sourceId} hidden={isLong && !isAll && index >= shownMax} className="min-w-0">
              <Source source={source} number={index + 1} />
            </li>
          ))}
        </ol>
      </div>
      {isLong && (
        <button
          type="button"
          aria-expanded={isAll}
          onClick={() => setAll(!isAll)}
          className="touch-target py-1 text-accent underline-offset-4 hover:underline"
        >
          {isAll ? t("sources.fewer") : t("sources.all", { count: sources.length })}
        </button>
      )}
    </section>
  );
}

const shownMax = 6;

function Source({ source, number }: { source: SourcePart; number: number }) {
  const url = source.type === "source-url" && URL.canParse(source.url) ? new URL(source.url) : null;
  const host = url?.hostname.replace(/^www\./, "") ?? "";
  const place = source.type === "source-document" ? (source.filename ?? "") : host;
  const words = (
    <>
      <span className="w-[1.6em] shrink-0 text-xs tabular-nums text-ink-faint">{number}</span>
      <span className="min-w-0 truncate" dir="auto">
        {source.title || place || source.sourceId}
      </span>
      {source.title && place && (
        <span className="max-w-[45%] shrink-0 truncate text-xs text-ink-faint" dir="ltr">
          {place}
        </span>
      )}
    </>
  );
  if (url === null || !webProtocols.has(url.protocol)) return <span className={row}>{words}</span>;
  return (
    <a href={url.href} target="_blank" rel="noopener noreferrer nofollow" className={`${row} hover:bg-hover`}>
      {words}
    </a>
  );
}

const row =
  "-mx-1.5 flex min-h-8 pointer-coarse:min-h-11 items-center gap-2 rounded-md px-1.5 py-1 transition-colors";

const webProtocols: ReadonlySet<string> = new Set(["https:", "http:"]);
