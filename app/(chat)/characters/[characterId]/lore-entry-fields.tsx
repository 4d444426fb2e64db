"use client";

import { ChevronRight, Trash2, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { Field } from "@/app/_ui/field";
import { Switch } from "@/app/_ui/switch";
import { TextArea } from "@/app/_ui/text-area";
import type { LoreEntry } from "@/lib/characters/card";
import { entryName } from "@/lib/characters/lore/entry-name";
import { tavernSettings } from "@/lib/characters/lore/tavern-settings";
import { t } from "@/lib/i18n/characters-translator";
import type { LoreNote } from "@/lib/prompts/lore-report";
import { ListField } from "./list-field";
import { LorePlaceFields } from "./lore-place-fields";
import { NumberField } from "./number-field";
import { withField } from "./with-field";

interface LoreEntryFieldsProps {
  entry: LoreEntry;
  number: number;
  startsOpen: boolean;
  tokens: string | undefined;
  /** What of it has no effect. */
  notes: readonly LoreNote[];
  onChange(entry: LoreEntry): void;
  onRemove(): void;
}

export function LoreEntryFields({ entry, number, startsOpen, tokens, ...rest }: LoreEntryFieldsProps) {
  const [isOpen, setOpen] = useState(startsOpen);
  const state = !entry.enabled ? t("lore.off") : entry.constant === true ? t("lore.always") : null;
  return (
    <details
      open={isOpen}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="group rounded-md border border-line bg-raised"
    >
      <summary className="flex min-h-11 cursor-pointer list-none items-center gap-2 px-3 text-sm">
        <ChevronRight
          aria-hidden
          className="size-4 shrink-0 text-ink-faint transition-transform group-open:rotate-90 rtl:-scale-x-100"
        />
        <span dir="auto" className="min-w-0 flex-1 truncate">
          {entryName(entry) || t("lore.entry", { number })}
        </span>
        {rest.notes.length > 0 && (
          <span className="shrink-0 text-warn">
            <TriangleAlert aria-hidden className="size-4" />
            <span className="sr-only">{t("lore.hasNotes")}</span>
          </span>
        )}
        {state && <span className="shrink-0 text-xs text-ink-faint">{state}</span>}
        {tokens && <span className="shrink-0 text-xs tabular-nums text-ink-faint">{tokens}</span>}
      </summary>
      {isOpen && <Fields entry={entry} {...rest} />}
    </details>
  );
}

function Fields({
  entry,
  notes,
  onChange,
  onRemove,
}: Pick<LoreEntryFieldsProps, "entry" | "notes" | "onChange" | "onRemove">) {
  const set = (name: string, value: unknown) => onChange(withField(entry, name, value));
  const tavern = tavernSettings(entry);
  return (
    <div className="grid grid-cols-1 gap-5 border-t border-line p-4">
      {notes.length > 0 && (
        <ul className="grid gap-1 text-sm text-warn [overflow-wrap:anywhere]">
          {notes.map(({ problem, what }) => (
            <li key={problem}>{t(`lore.problem.${problem}`, { what: what.join(" · ") })}</li>
          ))}
        </ul>
      )}
      <ListField
        label={t("lore.keys")}
        hint={t("lore.keysHint")}
        separator={"\n"}
        values={entry.keys}
        onChange={(keys) => onChange({ ...entry, keys })}
      />
      <TextArea
        label={t("lore.content")}
        hint={entry.content.startsWith("@@") ? t("lore.decoratorNote") : undefined}
        value={entry.content}
        rows={4}
        onChange={(event) => onChange({ ...entry, content: event.currentTarget.value })}
      />
      <ListField
        label={t("lore.secondaryKeys")}
        hint={t(`lore.secondaryKeysHint.${tavern.secondaryLogic}`)}
        separator={"\n"}
        values={textsOf(entry.secondary_keys)}
        onChange={(keys) => onChange({ ...entry, secondary_keys: keys, selective: keys.length > 0 })}
      />
      <div className="grid gap-x-8 gap-y-3 sm:grid-cols-2">
        <Switch
          label={t("lore.enabled")}
          checked={entry.enabled}
          onChange={(enabled) => onChange({ ...entry, enabled })}
        />
        <Switch
          label={t("lore.constant")}
          checked={entry.constant === true}
          onChange={(isOn) => set("constant", isOn)}
        />
        <Switch
          label={t("lore.caseSensitive")}
          checked={(entry.case_sensitive ?? tavern.isCaseSensitive) === true}
          onChange={(isOn) => set("case_sensitive", isOn)}
        />
        {!tavern.isWrittenByIt && (
          <Switch
            label={t("lore.patterns")}
            checked={entry.use_regex === true}
            onChange={(isOn) => set("use_regex", isOn)}
          />
        )}
      </div>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field
          label={t("lore.name")}
          value={typeof entry.name === "string" ? entry.name : ""}
          dir="auto"
          autoComplete="off"
          onChange={(event) => set("name", event.currentTarget.value || undefined)}
        />
        <LorePlaceFields entry={entry} onChange={onChange} />
        <NumberField
          label={t("lore.order")}
          hint={t("lore.orderHint")}
          value={entry.insertion_order}
          min={-1_000_000}
          onChange={(order) => onChange({ ...entry, insertion_order: order ?? 0 })}
        />
        <NumberField
          label={t("lore.priority")}
          hint={t("lore.priorityHint")}
          value={entry.priority}
          min={-1_000_000}
          onChange={(priority) => set("priority", priority)}
        />
      </div>
      <Button size="small" look="danger" className="justify-self-start" onClick={onRemove}>
        <Trash2 aria-hidden className="size-4" />
        {t("lore.remove")}
      </Button>
    </div>
  );
}

/** As a list, or as one text with commas. */
function textsOf(keys: unknown): string[] {
  if (typeof keys === "string") return keys.split(",").map((key) => key.trim());
  return Array.isArray(keys) ? keys.filter((key) => typeof key === "string") : [];
}
