"use client";

import { useState, useSyncExternalStore } from "react";
import {
  chooseDensity,
  chooseTextSize,
  chooseTheme,
  densities,
  follow,
  parseDensity,
  parseTextSize,
  readTheme,
  sendWith,
  textSizes,
  themes,
} from "@/app/_client/preferences";
import { Choice } from "@/app/_ui/choice";
import { t } from "@/lib/i18n/translator";

export function ThemeChoice() {
  return (
    <PreferenceChoice
      label={t("settings.theme")}
      values={themes}
      nameOf={(theme) => t(`settings.theme.${theme}`)}
      read={readTheme}
      choose={chooseTheme}
    />
  );
}

export function TextSizeChoice() {
  return (
    <PreferenceChoice
      label={t("settings.textSize")}
      values={textSizes}
      nameOf={(size) => t(`settings.textSize.${size}`)}
      read={() => parseTextSize(document.documentElement.dataset.textSize)}
      choose={chooseTextSize}
    />
  );
}

export function DensityChoice() {
  return (
    <PreferenceChoice
      label={t("settings.density")}
      values={densities}
      nameOf={(density) => t(`settings.density.${density}`)}
      read={() => parseDensity(document.documentElement.dataset.density)}
      choose={chooseDensity}
    />
  );
}

export function SendWithChoice() {
  return (
    <PreferenceChoice
      label={t("settings.sendWith")}
      values={sendWith.values}
      nameOf={(keys) => t(`settings.sendWith.${keys}`)}
      read={sendWith.read}
      choose={sendWith.choose}
    />
  );
}

export function FollowChoice() {
  return (
    <PreferenceChoice
      label={t("settings.follow")}
      values={follow.values}
      nameOf={(end) => t(`settings.follow.${end}`)}
      read={follow.read}
      choose={follow.choose}
    />
  );
}

interface PreferenceChoiceProps<Value extends string> {
  label: string;
  values: readonly Value[];
  nameOf(value: Value): string;
  read(): Value;
  choose(value: Value): void;
}

/** Takes effect at once and is kept in this browser, so there is nothing to save. */
function PreferenceChoice<Value extends string>({
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

function subscribeToNothing(): () => void {
  return () => {};
}
