"use client";

import { Trash2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Button, buttonClass } from "@/app/_ui/button";
import { t } from "@/lib/i18n/panel-translator";
import PurgeDialog from "./chat-menu/purge-dialog";
import { useChatActions } from "./chat-menu/use-chat-actions";

interface TrashBarProps {
  chatId: string;
  /** Deleted for good while it was open here. */
  isGone: boolean;
}

/** Stands where the composer would be in a chat that takes no questions. */
export default function TrashBar({ chatId, isGone }: TrashBarProps) {
  const actions = useChatActions();
  const [isPurging, setPurging] = useState(false);
  return (
    <section
      ref={takeLostFocus}
      tabIndex={-1}
      aria-label={t("sideBar.trash")}
      className="mx-auto w-full max-w-column shrink-0 bg-paper px-3 pb-[calc(0.75rem+env(safe-area-inset-bottom))] outline-none md:px-5 md:pb-[calc(1.25rem+env(safe-area-inset-bottom))]"
    >
      <div className="flex animate-appear flex-wrap items-center gap-x-4 gap-y-3 rounded-xl border border-line bg-sunken px-4 py-3">
        <div role="status" className="flex min-w-56 flex-1 items-start gap-3 text-sm">
          <Trash2 aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-faint" />
          <div>
            <p className="text-ink">{isGone ? t("trashBar.gone") : t("trashBar.inTrash")}</p>
            <p className="text-ink-faint">{isGone ? t("trashBar.goneNote") : t("trashBar.note")}</p>
          </div>
        </div>
        <div className="flex flex-wrap gap-2">
          {isGone ? (
            <Link href="/" prefetch={false} className={buttonClass("outline", "small")}>
              {t("sideBar.newChat")}
            </Link>
          ) : (
            <>
              <Button size="small" onClick={() => actions.restore([chatId])}>
                {t("chat.restore")}
              </Button>
              <Button look="danger" size="small" onClick={() => setPurging(true)}>
                {t("chat.purge")}
              </Button>
            </>
          )}
        </div>
      </div>
      {isPurging && (
        <PurgeDialog count={1} onClose={() => setPurging(false)} onPurge={() => actions.purge([chatId])} />
      )}
    </section>
  );
}

/** Whoever was writing when the chat was deleted elsewhere had it in the field that is gone now. */
function takeLostFocus(bar: HTMLElement | null): void {
  if (document.activeElement === document.body) bar?.focus({ preventScroll: true });
}
