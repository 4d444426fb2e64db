"use client";

import { api } from "@/app/_client/api";
import { getPrompt } from "@/lib/api/prompts";
import { t } from "@/lib/i18n/prompt-translator";
import { PromptDialog } from "./prompt-dialog";

interface AskedPromptProps {
  chatId: string;
  messageId: string;
  onClose(): void;
}

/** What an answer was asked for with. */
export default function AskedPrompt({ chatId, messageId, onClose }: AskedPromptProps) {
  return (
    <PromptDialog
      title={t("prompt.askedTitle")}
      load={() => api(getPrompt, { params: { chatId, messageId } })}
      onClose={onClose}
    />
  );
}
