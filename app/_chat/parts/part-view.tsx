"use client";

import { z } from "zod";
import { leftOutFilesSchema } from "@/lib/chats/file-part";
import { t } from "@/lib/i18n/part-translator";
import { FileView } from "./file-view";
import type { OtherPartProps } from "./other-part";
import { ToolCall } from "./tool-call";

/** Kinds that this version does not know are not shown. */
export default function PartView({ part, isLive, isQuestion = false, onApproval }: OtherPartProps) {
  if ("toolCallId" in part) return <ToolCall part={part} isLive={isLive} onApproval={onApproval} />;
  if (part.type === "file") return <FileView file={part} isQuestion={isQuestion} />;
  const leftOut = leftOutPartSchema.safeParse(part);
  if (!leftOut.success) return null;
  const { reason, count } = leftOut.data.data;
  return <p className="my-4 text-sm text-ink-faint first:mt-0">{t(`leftOut.${reason}`, { count })}</p>;
}

const leftOutPartSchema = z.object({ type: z.literal("data-left-out"), data: leftOutFilesSchema });
