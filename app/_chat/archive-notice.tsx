"use client";

import { Button } from "@/app/_ui/button";
import { t } from "@/lib/i18n/panel-translator";
import { useChatActions } from "./chat-menu/use-chat-actions";
import { focusToQuestion } from "./composer/focus-to-question";

/** Says of an open chat that it is out of the list, with the way back. */
export default function ArchiveNotice({ chatId }: { chatId: string }) {
  const actions = useChatActions();
  return (
    <div className="mx-auto flex max-w-[calc(100%-2rem)] shrink-0 flex-wrap items-center justify-center gap-x-3 gap-y-1 rounded-lg bg-sunken py-1 pr-1 pl-4 text-sm text-ink-soft">
      <p>{t("chat.inArchive")}</p>
      <Button
        look="outline"
        size="small"
        ref={focusToQuestion}
        onClick={() => actions.archive([chatId], false)}
      >
        {t("chat.unarchive")}
      </Button>
    </div>
  );
}
