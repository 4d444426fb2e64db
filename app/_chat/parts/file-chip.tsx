"use client";

import type { FileUIPart } from "ai";
import {
  Download,
  ExternalLink,
  File,
  FileAudio,
  FileImage,
  FileText,
  FileVideo,
  type LucideIcon,
} from "lucide-react";
import { t } from "@/lib/i18n/part-translator";
import { extensionOf, type FileAddress } from "./file-address";

interface FileChipProps {
  file: FileUIPart;
  address: FileAddress;
  name: string;
  savedAs: string;
  isBroken: boolean;
}

/** A file by its name, kind and size, with the way to it where there is one. */
export function FileChip({ file: { mediaType }, address, name, savedAs, isBroken }: FileChipProps) {
  const Icon = icons[mediaType.split("/")[0] ?? ""] ?? File;
  const bytes = address.kind === "here" ? address.bytes : null;
  const facts = [extensionOf(mediaType).toUpperCase(), bytes === null ? "" : sizeOf(bytes)].filter(Boolean);
  return (
    <div className="my-4 flex w-fit max-w-full items-center gap-3 rounded-md border border-line bg-raised py-1.5 ps-3 pe-1.5 text-sm first:mt-0">
      <Icon aria-hidden className="size-5 shrink-0 text-ink-faint" />
      <div className="min-w-0 py-0.5">
        <p className="truncate font-medium" dir="auto">
          {name}
        </p>
        <p className="text-xs text-ink-faint">{isBroken ? t("file.broken") : facts.join(" · ")}</p>
      </div>
      {address.kind === "here" && (
        <a
          href={address.url}
          download={savedAs}
          aria-label={t("file.download", { name })}
          data-tip={t("file.download", { name })}
          className={link}
        >
          <Download aria-hidden className="size-4" strokeWidth={1.85} />
        </a>
      )}
      {address.kind === "elsewhere" && (
        <a
          href={address.url}
          target="_blank"
          rel="noopener noreferrer nofollow"
          aria-label={t("file.open", { name })}
          data-tip={t("file.open", { name })}
          className={link}
        >
          <ExternalLink aria-hidden className="size-4" strokeWidth={1.85} />
        </a>
      )}
    </div>
  );
}

const link =
  "touch-target grid size-8 shrink-0 place-items-center rounded-md text-ink-soft transition-colors hover:bg-hover hover:text-ink";

const icons: Readonly<Record<string, LucideIcon | undefined>> = {
  image: FileImage,
  audio: FileAudio,
  video: FileVideo,
  text: FileText,
};

function sizeOf(bytes: number): string {
  if (bytes < 1_000) return t("file.bytes", { size: bytes });
  if (bytes < 1_000_000) return t("file.kilobytes", { size: Math.round(bytes / 1_000) });
  return t("file.megabytes", { size: (bytes / 1_000_000).toFixed(1) });
}
