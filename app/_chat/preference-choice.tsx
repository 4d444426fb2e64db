"use client";

import { useState, useSyncExternalStore } from "react";
import { follow, sendWith, singleKeys } from "@/app/_client/preferences";
import { subscribeToNothing } from "@/app/_client/subscribe-to-nothing";
import { Choice } from "@/app/_ui/choice";
import { t } from "@/lib/i18n/panel-translator";

interface PreferenceChoiceProps<Value extends string> {
  label: string;
  values: readonly Value[];
  nameOf(value: Value): string;
  read(): Value;
  choose(value: Value): void;
}

/** Takes effect at once and is kept in this browser, so there is nothing to save. */
export function PreferenceChoice<Value extends string>({
  label,
  values,
  nameOf,
  read,
  choose,
}: PreferenceChoiceProps<Value>) {
  const stored = useSyncExternalStore(subscribeToNothing, read, () => null);
  const [chosen, setChosen] = useState<Value | null>(null);
  return (
    <Choice
      label={label}
      value={chosen ?? stored ?? ""}
      options={values.map((value) => ({ value, label: nameOf(value) }))}
      onChoose={(value) => {
        const known = values.find((candidate) => candidate === value);
        if (known === undefined) return;
        choose(known);
        setChosen(known);
      }}
    />
  );
}

export function SendWithChoice() {
  return (
    <PreferenceChoice
      label={t("preference.sendWith")}
      values={sendWith.values}
      nameOf={(keys) => t(`preference.sendWith.${keys}`)}
      read={sendWith.read}
      choose={sendWith.choose}
    />
  );
}

export function FollowChoice() {
  return (
    <PreferenceChoice
      label={t("preference.follow")}
      values={follow.values}
      nameOf={(end) => t(`preference.follow.${end}`)}
      read={follow.read}
      choose={follow.choose}
    />
  );
}

export function SingleKeysChoice() {
  return (
    <PreferenceChoice
      label={t("preference.singleKeys")}
      values={singleKeys.values}
      nameOf={(state) => t(`preference.singleKeys.${state}`)}
      read={singleKeys.read}
      choose={singleKeys.choose}
    />
  );
}
