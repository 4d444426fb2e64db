import type { ChatSession } from "@/app/_client/session/chat-session";
import type { Typed } from "@/app/_client/session/open-edits";
import { showToast } from "@/app/_ui/toasts";
import { t } from "@/lib/i18n/translator";

/** Ends the editing of a message that says `text`. Words that go with it have a way back, to `reopen` with. */
export function giveUpEdit(
  session: ChatSession,
  messageId: string,
  text: string,
  reopen: (typed: Typed) => void,
): void {
  const typed = session.openEdit(messageId);
  session.endEdit(messageId);
  if (!typed || typed.text === text || typed.text.trim() === "") return;
  showToast(t("message.editDropped"), {
    label: t("action.undo"),
    run() {
      const again = session.beginEdit(messageId, text, typed.text);
      again.keep();
      reopen(again);
    },
  });
}
