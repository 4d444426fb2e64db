"use client";

import { Ellipsis } from "lucide-react";
import { useRouter } from "next/navigation";
import { lazy, Suspense, startTransition, useState } from "react";
import type { Attempt } from "@/app/_chat/errors/use-attempt";
import { focusConversation } from "@/app/_chat/transcript/focus-to-conversation";
import { toFailure } from "@/app/_client/chat-failure";
import type { ChatSession } from "@/app/_client/session/chat-session";
import { MenuButton } from "@/app/_ui/menu-button";
import { showToast } from "@/app/_ui/toasts";
import { t } from "@/lib/i18n/translator";

const loadMenu = () => import("./message-menu");
const MessageMenu = lazy(loadMenu);
const loadDialog = () => import("./delete-message-dialog");
const DeleteMessageDialog = lazy(loadDialog);

interface MessageMenuButtonProps {
  session: ChatSession;
  messageId: string;
  attempt: Attempt;
  editLabel: string;
  onEdit?(): void;
  onCopy(): Promise<boolean>;
}

/** What is rarely done with a message. */
export function MessageMenuButton({
  session,
  messageId,
  attempt,
  editLabel,
  onEdit,
  onCopy,
}: MessageMenuButtonProps) {
  const router = useRouter();
  const [messagesBelow, setMessagesBelow] = useState<number | null>(null);

  async function copy() {
    showToast((await onCopy()) ? t("message.copied") : t("message.copyFailed"));
  }

  async function branch() {
    router.push(`/chat/${await session.branchFrom(messageId)}`);
  }

  /** What would go is told before. */
  async function askToRemove() {
    const [about] = await Promise.all([session.about(messageId), loadDialog()]);
    startTransition(() => setMessagesBelow(about.messagesBelow));
  }

  async function remove(count: number) {
    const undo = await session.remove(messageId);
    // What had the focus is gone.
    focusConversation();
    showToast(t("message.deleted", { count }), {
      label: t("action.undo"),
      // The message that could tell is not there.
      run: () => void undo().catch((cause) => showToast(toFailure(cause).message)),
    });
  }

  return (
    <>
      <MenuButton
        preload={loadMenu}
        aria-label={t("message.options")}
        data-tip={t("message.options")}
        className="touch-target inline-grid size-8 shrink-0 place-items-center rounded-md text-ink-soft transition-colors hover:bg-hover hover:text-ink aria-expanded:bg-hover aria-expanded:text-ink"
        renderMenu={(menu) => (
          <MessageMenu
            {...menu}
            editLabel={editLabel}
            onEdit={onEdit}
            onCopy={() => void copy()}
            onBranch={() => void attempt.run(branch)}
            onDelete={() => void attempt.run(askToRemove)}
          />
        )}
      >
        <Ellipsis aria-hidden className="size-4" strokeWidth={1.85} />
      </MenuButton>
      {messagesBelow !== null && (
        <Suspense>
          <DeleteMessageDialog
            messagesBelow={messagesBelow}
            onClose={() => setMessagesBelow(null)}
            onDelete={() => void attempt.run(() => remove(messagesBelow + 1))}
          />
        </Suspense>
      )}
    </>
  );
}
