"use client";

import { useSyncExternalStore } from "react";
import { Select } from "@/app/_ui/select";
import { t } from "@/lib/i18n/prompt-translator";

interface TimeZoneFieldProps {
  value: string | null;
  onChange(timeZone: string | null): void;
}

/** Whose day it is: this browser's zone comes first. */
export function TimeZoneField({ value, onChange }: TimeZoneFieldProps) {
  // The server has a zone of its own, and no list of them in its page.
  const here = useSyncExternalStore(neverChanges, zoneHere, () => null);
  const zones = here === null ? [] : Intl.supportedValuesOf("timeZone");
  const listed = [...new Set([value, here, ...zones].filter((zone) => zone !== null))];
  return (
    <div>
      <Select
        label={t("prompt.timeZone")}
        value={value ?? ""}
        options={[
          { value: "", label: t("prompt.utc") },
          ...listed.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") })),
        ]}
        onChoose={(zone) => onChange(zone || null)}
      />
      <p className="mt-1.5 text-sm text-ink-faint">{t("prompt.timeZoneHint", { date: "{{date}}" })}</p>
    </div>
  );
}

const neverChanges = () => () => {};

function zoneHere(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
