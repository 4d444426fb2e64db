"use client";

import { api } from "@/app/_client/api";
import type { ChatSession } from "@/app/_client/session/chat-session";
import { previewPrompt } from "@/lib/api/prompts";
import { t } from "@/lib/i18n/prompt-translator";
import { PromptDialog } from "./prompt-dialog";

interface PromptPreviewProps {
  session: ChatSession;
  /** What stands in the question field. */
  readText(): string;
  onClose(): void;
}

/** What a question would be sent with now. */
export default function PromptPreview({ session, readText, onClose }: PromptPreviewProps) {
  return (
    <PromptDialog
      title={t("prompt.previewTitle")}
      load={() => api(previewPrompt, { body: { ...session.wouldAsk(), text: readText() } })}
      onClose={onClose}
    />
  );
}
