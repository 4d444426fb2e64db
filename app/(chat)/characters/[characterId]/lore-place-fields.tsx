"use client";

import { Select } from "@/app/_ui/select";
import type { LoreEntry } from "@/lib/characters/card";
import { tavernPositions, tavernSettings } from "@/lib/characters/lore/tavern-settings";
import { t } from "@/lib/i18n/characters-translator";
import { NumberField } from "./number-field";

interface LorePlaceFieldsProps {
  entry: LoreEntry;
  onChange(entry: LoreEntry): void;
}

/** Where an entry is told. A place in the conversation is written as SillyTavern does: the specification has none. */
export function LorePlaceFields({ entry, onChange }: LorePlaceFieldsProps) {
  const { inConversation } = tavernSettings(entry);
  const setExtensions = (more: Record<string, unknown>) => ({ ...entry.extensions, ...more });

  function choose(place: string) {
    if (place === "depth") {
      const depth = inConversation?.depth ?? 4;
      onChange({
        ...entry,
        position: "after_char",
        extensions: setExtensions({ position: tavernPositions.inConversation, depth }),
      });
      return;
    }
    const position = place === "before_char" ? tavernPositions.before : tavernPositions.after;
    const isNamed = "position" in entry.extensions;
    const { extensions } = entry;
    onChange({ ...entry, position: place, extensions: isNamed ? setExtensions({ position }) : extensions });
  }

  return (
    <>
      <Select
        label={t("lore.position")}
        value={inConversation ? "depth" : entry.position === "before_char" ? "before_char" : "after_char"}
        options={[
          { value: "before_char", label: t("lore.position.before") },
          { value: "after_char", label: t("lore.position.after") },
          { value: "depth", label: t("lore.position.depth") },
        ]}
        onChoose={choose}
      />
      {inConversation && (
        <NumberField
          label={t("lore.depth")}
          hint={t("lore.depthHint")}
          value={inConversation.depth}
          onChange={(depth) => onChange({ ...entry, extensions: setExtensions({ depth: depth ?? 0 }) })}
        />
      )}
    </>
  );
}
