"use client";

import type { FileUIPart } from "ai";
import { useState } from "react";
import { isPicture } from "@/lib/chats/file-part";
import { t } from "@/lib/i18n/part-translator";
import { extensionOf, fileAddressOf } from "./file-address";
import { FileChip } from "./file-chip";
import { Picture } from "./picture";

/** A picture is shown where it is here already; whatever would have to be fetched from elsewhere is only named. */
export function FileView({ file, isQuestion }: { file: FileUIPart; isQuestion: boolean }) {
  const [isBroken, setBroken] = useState(false);
  const address = fileAddressOf(file.url);
  const name = file.filename || nameFor(file.mediaType, isQuestion);
  const savedAs = file.filename || savedName(file.mediaType);
  if (address.kind === "here" && isPicture(file.mediaType) && !isBroken) {
    return <Picture url={address.url} name={name} savedAs={savedAs} onBroken={() => setBroken(true)} />;
  }
  return <FileChip file={file} address={address} name={name} savedAs={savedAs} isBroken={isBroken} />;
}

function nameFor(mediaType: string, isQuestion: boolean): string {
  if (!isPicture(mediaType)) return t("file.file");
  return t(isQuestion ? "file.attachedImage" : "file.madeImage");
}

function savedName(mediaType: string): string {
  const extension = extensionOf(mediaType);
  const name = isPicture(mediaType) ? "image" : "file";
  return extension === "" ? name : `${name}.${extension}`;
}
