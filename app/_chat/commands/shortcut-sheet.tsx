"use client";

import { X } from "lucide-react";
import { FollowChoice, SendWithChoice, SingleKeysChoice } from "@/app/_chat/preference-choice";
import { Dialog } from "@/app/_ui/dialog";
import { IconButton } from "@/app/_ui/icon-button";
import { t } from "@/lib/i18n/panel-translator";
import { KeyboardNote } from "./keyboard-note";
import { ShortcutGroup } from "./shortcut-group";

/** All shortcuts, and the few choices that change what keys do. */
export default function ShortcutSheet({ onClose }: { onClose(): void }) {
  return (
    <Dialog title={t("shortcut.title")} shape="sheet" onClose={onClose}>
      <IconButton
        icon={X}
        label={t("action.close")}
        // It has the focus first, where its tip would only be in the way.
        data-tip={undefined}
        onClick={onClose}
        className="absolute end-4 top-5 pointer-coarse:end-2.5 pointer-coarse:top-4"
      />
      <div className="grid gap-x-10 gap-y-6 md:grid-cols-2">
        <div className="grid content-start gap-6">
          <KeyboardNote />
          <ShortcutGroup group="everywhere" />
          <ShortcutGroup group="answer" />
        </div>
        <ShortcutGroup group="composer" />
      </div>
      <div className="mt-6 grid gap-4 border-t border-line pt-5 md:grid-cols-2 md:gap-x-10">
        <SendWithChoice />
        <FollowChoice />
        <SingleKeysChoice />
      </div>
    </Dialog>
  );
}
