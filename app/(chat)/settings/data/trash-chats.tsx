"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useChatList } from "@/app/_chat/chat-list/chat-list";
import { api } from "@/app/_client/api";
import { toFailure } from "@/app/_client/chat-failure";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { focusToPage } from "@/app/_ui/hand-on-focus";
import { showToast } from "@/app/_ui/toasts";
import { trashChats, untrashChats } from "@/lib/api/account";
import { t } from "@/lib/i18n/settings-translator";

export function TrashChats({ chatCount }: { chatCount: number }) {
  const router = useRouter();
  const { refresh } = useChatList();
  const [step, setStep] = useState<"idle" | "asking" | "pending">("idle");

  async function trash() {
    setStep("pending");
    try {
      const { trashed, trashedAt } = await api(trashChats);
      const undo =
        trashedAt === null ? undefined : { label: t("action.undo"), run: () => untrash(trashedAt) };
      showToast(t("settings.trashed", { count: trashed }), undo);
      showAnew();
    } catch (cause) {
      showToast(toFailure(cause).message);
    }
    setStep("idle");
  }

  async function untrash(trashedAt: string) {
    try {
      const { restored } = await api(untrashChats, { body: { trashedAt } });
      showToast(t("chats.restored", { count: restored }));
      showAnew();
    } catch (cause) {
      showToast(toFailure(cause).message);
    }
  }

  function showAnew() {
    refresh();
    router.refresh();
  }

  if (chatCount === 0) return <p className="text-sm text-ink-faint">{t("settings.noChats")}</p>;
  return (
    <>
      <Button look="danger" ref={focusToPage} onClick={() => setStep("asking")}>
        {t("settings.trashAll")}
      </Button>
      {step !== "idle" && (
        <Dialog title={t("settings.trashTitle", { count: chatCount })} onClose={() => setStep("idle")}>
          <p className="mt-2 text-sm text-ink-soft">{t("settings.trashDialog")}</p>
          <div className="mt-6 flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
            <Button look="quiet" onClick={() => setStep("idle")}>
              {t("action.cancel")}
            </Button>
            <Button
              look="danger"
              aria-disabled={step === "pending"}
              onClick={step === "pending" ? undefined : trash}
            >
              {step === "pending" ? t("state.working") : t("settings.trashConfirm")}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
