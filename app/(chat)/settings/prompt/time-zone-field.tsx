"use client";

import { useId, useSyncExternalStore } from "react";
import { t } from "@/lib/i18n/prompt-translator";

interface TimeZoneFieldProps {
  value: string | null;
  onChange(timeZone: string | null): void;
}

/** Whose day it is: this browser's zone comes first. */
export function TimeZoneField({ value, onChange }: TimeZoneFieldProps) {
  const id = useId();
  // The server has a zone of its own, and no list of them in its page.
  const here = useSyncExternalStore(neverChanges, zoneHere, () => null);
  const zones = here === null ? [] : Intl.supportedValuesOf("timeZone");
  const listed = [...new Set([value, here, ...zones].filter((zone) => zone !== null))];
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {t("prompt.timeZone")}
      </label>
      <select
        id={id}
        value={value ?? ""}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.currentTarget.value || null)}
        className="h-11 w-full rounded-md border border-line-strong bg-raised px-3 text-base text-ink"
      >
        <option value="">{t("prompt.utc")}</option>
        {listed.map((zone) => (
          <option key={zone} value={zone}>
            {zone.replaceAll("_", " ")}
          </option>
        ))}
      </select>
      <p id={`${id}-hint`} className="mt-1.5 text-sm text-ink-faint">
        {t("prompt.timeZoneHint", { date: "{{date}}" })}
      </p>
    </div>
  );
}

const neverChanges = () => () => {};

function zoneHere(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
