"use client";

import { PanelHeader } from "@/app/(chat)/panel-header";
import { t } from "@/lib/i18n/settings-translator";
import { useWayBack } from "./way-back";

export function SettingsHeader() {
  return <PanelHeader title={t("settings.title")} back={useWayBack()} backLabel={t("settings.close")} />;
}
