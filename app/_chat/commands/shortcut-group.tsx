"use client";

import { useSyncExternalStore } from "react";
import { keyNames, type ShortcutName, shortcuts } from "@/app/_client/page/shortcuts";
import { sendWith } from "@/app/_client/preferences";
import { Keys } from "@/app/_ui/keys";
import { type PanelMessageKey, t } from "@/lib/i18n/panel-translator";
import { useIsMac } from "./use-is-mac";

export function ShortcutGroup({ group }: { group: (typeof shortcuts)[ShortcutName]["group"] }) {
  const isMac = useIsMac();
  const sends = useSyncExternalStore(sendWith.subscribe, sendWith.read, () => sendWith.values[0]);
  const isEnterNewLine = sends === "modified-enter";
  const names = shortcutNames.filter(
    (name) => shortcuts[name].group === group && !(isEnterNewLine && name === "sendAnyway"),
  );
  return (
    <section>
      <h3 className="mb-1 text-xs font-medium text-ink-faint">{t(`shortcut.${group}`)}</h3>
      <dl>
        {names.map((name) => (
          <div
            key={name}
            className="flex min-h-10 items-center gap-4 border-t border-line py-1.5 text-sm first:border-t-0"
          >
            <dt className="flex-1">{t(labels[name])}</dt>
            <dd className="flex items-center gap-1.5 text-xs text-ink-faint">
              {keysOf(name, isEnterNewLine).map((keys, index) => (
                <span key={keys} className="flex items-center gap-1.5">
                  {index > 0 && t("shortcut.or")}
                  <Keys names={keyNames(keys, isMac)} />
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function keysOf(name: ShortcutName, isEnterNewLine: boolean): readonly string[] {
  if (isEnterNewLine && name === "send") return shortcuts.sendAnyway.keys;
  if (isEnterNewLine && name === "newLine") return [...shortcuts.send.keys, ...shortcuts.newLine.keys];
  return shortcuts[name].keys;
}

const labels = {
  openPalette: "command.openPalette",
  openShortcuts: "command.openShortcuts",
  newChat: "command.newChat",
  stopAnswer: "command.stopAnswer",
  copyAnswer: "command.copyAnswer",
  formerVersion: "shortcut.formerVersion",
  nextVersion: "shortcut.nextVersion",
  send: "shortcut.send",
  sendAnyway: "shortcut.sendAnyway",
  newLine: "shortcut.newLine",
  earlierQuestion: "shortcut.earlierQuestion",
  laterQuestion: "shortcut.laterQuestion",
} satisfies Record<ShortcutName, PanelMessageKey>;

const shortcutNames = Object.keys(labels).filter((name): name is ShortcutName => name in shortcuts);
