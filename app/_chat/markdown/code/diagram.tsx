"use client";

import { useEffect, useRef, useState } from "react";
import { t } from "@/lib/i18n/panel-translator";
import { diagramPage } from "./diagram-page";

interface DiagramProps {
  source: string;
  onFailed(): void;
}

/**
 * A diagram, drawn in a frame of no origin: what the source makes the library do there reaches neither this
 * page nor any network. Fetched and drawn only where somebody asks for it.
 */
export default function Diagram({ source, onFailed }: DiagramProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [page, setPage] = useState<string | null>(null);
  const [height, setHeight] = useState<number | null>(null);

  useEffect(() => {
    const leaving = new AbortController();
    diagramPage(source, leaving.signal).then(setPage, () => {
      if (!leaving.signal.aborted) onFailed();
    });
    window.addEventListener(
      "message",
      ({ source: sender, data }: MessageEvent<unknown>) => {
        if (sender !== frame.current?.contentWindow) return;
        if (typeof data === "number" && data > 0) setHeight(Math.min(Math.ceil(data), heightMax));
        else onFailed();
      },
      { signal: leaving.signal },
    );
    return () => leaving.abort();
  }, [source, onFailed]);

  return (
    <div className="p-3.5">
      {height === null && <p className="text-sm text-ink-faint">{t("markdown.drawing")}</p>}
      {page !== null && (
        <iframe
          ref={frame}
          title={t("markdown.diagram")}
          sandbox="allow-scripts"
          referrerPolicy="no-referrer"
          srcDoc={page}
          height={height ?? 0}
          className="block w-full border-0"
        />
      )}
    </div>
  );
}

const heightMax = 4000;
