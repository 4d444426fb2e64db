"use client";

import { Image as ImageIcon } from "lucide-react";
import { useState } from "react";
import { t } from "@/lib/i18n/translator";

interface RemoteImageProps {
  source: string;
  description: string;
}

/** Loading a picture tells its host who reads this, so the reader decides. */
export function RemoteImage({ source, description }: RemoteImageProps) {
  const [isShown, setShown] = useState(false);
  const host = hostOf(source);
  if (host === null) return <span className="text-ink-faint">{description}</span>;
  if (isShown) {
    return (
      // biome-ignore lint/performance/noImgElement: somebody else's picture does not pass through our server
      <img
        ref={takeLostFocus}
        tabIndex={-1}
        src={source}
        alt={description}
        referrerPolicy="no-referrer"
        className="max-w-full rounded-md"
      />
    );
  }
  return (
    <button
      type="button"
      onClick={() => setShown(true)}
      className="touch-target inline-flex max-w-full items-center gap-2 rounded-md border border-line bg-raised px-3 py-1.5 text-left text-sm text-ink-soft hover:bg-hover"
    >
      <ImageIcon aria-hidden className="size-4 shrink-0" />
      <span className="min-w-0 truncate">
        {description === ""
          ? t("markdown.showImage", { host })
          : t("markdown.showImageNamed", { host, name: description })}
      </span>
    </button>
  );
}

/** The button that was pressed had it. */
function takeLostFocus(image: HTMLElement | null): void {
  if (document.activeElement === document.body) image?.focus({ preventScroll: true });
}

function hostOf(source: string): string | null {
  const url = URL.canParse(source) ? new URL(source) : null;
  return url !== null && (url.protocol === "https:" || url.protocol === "http:") ? url.host : null;
}
