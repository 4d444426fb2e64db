"use client";

import { PreferenceChoice } from "@/app/_chat/preference-choice";
import {
  chooseDensity,
  chooseTextSize,
  chooseTheme,
  densities,
  parseDensity,
  parseTextSize,
  readTheme,
  textSizes,
  themes,
} from "@/app/_client/preferences";
import { t } from "@/lib/i18n/settings-translator";

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
