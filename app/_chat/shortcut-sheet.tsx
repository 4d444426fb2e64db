"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { follow, sendWith, singleKeys } from "@/app/_client/preferences";
import { keyNames, type ShortcutName, shortcuts } from "@/app/_client/shortcuts";
import { Choice } from "@/app/_ui/choice";
import { Dialog } from "@/app/_ui/dialog";
import { IconButton } from "@/app/_ui/icon-button";
import { Keys } from "@/app/_ui/keys";
import type { MessageKey } from "@/lib/i18n/translator";
import { t } from "@/lib/i18n/translator";

/** All shortcuts, and the few choices that change what keys do. */
export default function ShortcutSheet({ onClose }: { onClose(): void }) {
  const [sends, setSends] = useState(sendWith.read);
  const [followed, setFollowed] = useState(follow.read);
  const [single, setSingle] = useState(singleKeys.read);
  return (
    <Dialog title={t("shortcut.title")} shape="sheet" onClose={onClose}>
      <IconButton
        icon={X}
        label={t("action.close")}
        // It has the focus first, where its tip would only be in the way.
        data-tip={undefined}
        onClick={onClose}
        className="absolute end-3 top-3 pointer-coarse:end-1.5"
      />
      <div className="grid gap-x-10 gap-y-6 md:grid-cols-2">
        <div className="grid content-start gap-6">
          <Group group="everywhere" />
          <Group group="answer" />
        </div>
        <Group group="composer" isEnterNewLine={sends === "modified-enter"} />
      </div>
      <div className="mt-6 grid gap-4 border-t border-line pt-5 md:grid-cols-2 md:gap-x-10">
        <Choice
          label={t("preference.sendWith")}
          value={sends}
          options={sendWith.values.map((value) => ({ value, label: t(`preference.sendWith.${value}`) }))}
          onChoose={(value) => {
            sendWith.choose(value);
            setSends(value);
          }}
        />
        <Choice
          label={t("preference.follow")}
          value={followed}
          options={follow.values.map((value) => ({ value, label: t(`preference.follow.${value}`) }))}
          onChoose={(value) => {
            follow.choose(value);
            setFollowed(value);
          }}
        />
        <Choice
          label={t("preference.singleKeys")}
          value={single}
          options={singleKeys.values.map((value) => ({ value, label: t(`preference.singleKeys.${value}`) }))}
          onChoose={(value) => {
            singleKeys.choose(value);
            setSingle(value);
          }}
        />
      </div>
    </Dialog>
  );
}

interface GroupProps {
  group: (typeof shortcuts)[ShortcutName]["group"];
  isEnterNewLine?: boolean;
}

function Group({ group, isEnterNewLine = false }: GroupProps) {
  const names = shortcutNames.filter((name) => shortcuts[name].group === group);
  const keysOf = (name: ShortcutName): readonly string[] => {
    if (isEnterNewLine && name === "send") return shortcuts.sendAnyway.keys;
    if (isEnterNewLine && name === "newLine") return [...shortcuts.send.keys, ...shortcuts.newLine.keys];
    return shortcuts[name].keys;
  };
  return (
    <section>
      <h3 className="mb-1 text-xs font-medium text-ink-faint">{t(`shortcut.${group}`)}</h3>
      <dl>
        {names
          .filter((name) => !(isEnterNewLine && name === "sendAnyway"))
          .map((name) => (
            <div
              key={name}
              className="flex min-h-10 items-center gap-4 border-t border-line py-1.5 text-sm first:border-t-0"
            >
              <dt className="flex-1">{t(labels[name])}</dt>
              <dd className="flex items-center gap-1.5 text-xs text-ink-faint">
                {keysOf(name).map((keys, index) => (
                  <span key={keys} className="flex items-center gap-1.5">
                    {index > 0 && t("shortcut.or")}
                    <Keys names={keyNames(keys)} />
                  </span>
                ))}
              </dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

const labels = {
  openPalette: "command.openPalette",
  openShortcuts: "command.openShortcuts",
  newChat: "command.newChat",
  stopAnswer: "command.stopAnswer",
  copyAnswer: "command.copyAnswer",
  send: "shortcut.send",
  sendAnyway: "shortcut.sendAnyway",
  newLine: "shortcut.newLine",
  earlierQuestion: "shortcut.earlierQuestion",
  laterQuestion: "shortcut.laterQuestion",
} satisfies Record<ShortcutName, MessageKey>;

const shortcutNames = Object.keys(labels).filter((name): name is ShortcutName => name in shortcuts);
