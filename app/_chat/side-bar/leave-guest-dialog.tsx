"use client";

import Link from "next/link";
import { Button, buttonClass } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { t } from "@/lib/i18n/panel-translator";
import { signOut } from "./sign-out";

/** A guest has nothing to sign in with again, so leaving is for good: asked before, not undone after. */
export default function LeaveGuestDialog({ canSignUp, onClose }: { canSignUp: boolean; onClose(): void }) {
  return (
    <Dialog title={t("user.leaveTitle")} onClose={onClose}>
      <p className="mt-2 text-sm text-ink-soft">
        {t("user.leaveText")} {canSignUp && t("user.leaveInstead")}
      </p>
      <div className="mt-6 flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
        <Button look="quiet" onClick={onClose}>
          {t("action.cancel")}
        </Button>
        <Button look="danger" onClick={() => void signOut()}>
          {t("user.leave")}
        </Button>
        {canSignUp && (
          <Link href="/sign-in?mode=create" className={buttonClass("primary")}>
            {t("user.createAccount")}
          </Link>
        )}
      </div>
    </Dialog>
  );
}
