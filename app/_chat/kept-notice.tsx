"use client";

import { Button } from "@/app/_ui/button";
import type { Chat } from "@/lib/chats/chat";
import { t } from "@/lib/i18n/translator";
import { useChatActions } from "./use-chat-actions";

/** Says of an open chat that it is out of the list, with the way back. */
export function KeptNotice({ chat: { id, archived, deletedAt } }: { chat: Chat }) {
  const actions = useChatActions();
  if (!deletedAt && !archived) return null;
  return (
    <div className="mx-auto flex max-w-[calc(100%-2rem)] shrink-0 flex-wrap items-center justify-center gap-x-3 gap-y-1 rounded-lg bg-sunken py-1 pr-1 pl-4 text-sm text-ink-soft">
      <p>{t(deletedAt ? "chat.inTrash" : "chat.inArchive")}</p>
      <Button
        look="outline"
        size="small"
        onClick={() => (deletedAt ? actions.restore([id]) : actions.archive([id], false))}
      >
        {t(deletedAt ? "chat.restore" : "chat.unarchive")}
      </Button>
    </div>
  );
}
