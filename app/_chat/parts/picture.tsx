"use client";

import { Download, X } from "lucide-react";
import { useState } from "react";
import { buttonClass } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { IconButton } from "@/app/_ui/icon-button";
import { t } from "@/lib/i18n/part-translator";

interface PictureProps {
  url: string;
  name: string;
  savedAs: string;
  onBroken(): void;
}

/** A picture as wide as there is room for; as large as the window where somebody presses it. */
export function Picture({ url, name, savedAs, onBroken }: PictureProps) {
  const [isLarge, setLarge] = useState(false);
  return (
    <div className="group/picture relative my-4 w-fit max-w-full first:mt-0">
      <button
        type="button"
        aria-haspopup="dialog"
        aria-label={t("file.enlarge", { name })}
        onClick={() => setLarge(true)}
        className="block min-h-11 min-w-11 cursor-zoom-in overflow-hidden rounded-md border border-line bg-sunken"
      >
        {/* biome-ignore lint/performance/noImgElement: it is here already, and nothing is to be made of it */}
        <img src={url} alt={name} onError={onBroken} className="max-h-[26rem] max-w-full object-contain" />
      </button>
      {isLarge && (
        <Dialog title={name} shape="picture" onClose={() => setLarge(false)}>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: for the pointer alone */}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard closes it with Escape */}
          <div
            onClick={() => setLarge(false)}
            className="grid min-h-0 flex-1 cursor-zoom-out place-items-center"
          >
            {/* biome-ignore lint/performance/noImgElement: as above */}
            <img src={url} alt={name} className="max-h-full min-h-0 max-w-full rounded-md object-contain" />
          </div>
          <div className="flex shrink-0 items-center justify-center gap-2">
            <a href={url} download={savedAs} className={buttonClass("outline")}>
              <Download aria-hidden className="size-4" />
              {t("file.save")}
            </a>
            <IconButton
              icon={X}
              label={t("action.close")}
              className="border border-line bg-raised"
              onClick={() => setLarge(false)}
            />
          </div>
        </Dialog>
      )}
    </div>
  );
}
