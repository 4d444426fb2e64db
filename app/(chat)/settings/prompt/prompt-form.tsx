"use client";

import { useState } from "react";
import { api } from "@/app/_client/api";
import { TextArea } from "@/app/_ui/text-area";
import { changeSettings } from "@/lib/api/settings";
import { t } from "@/lib/i18n/prompt-translator";
import {
  type PromptSection,
  type PromptSettings,
  promptSections,
  sectionLengthMax,
} from "@/lib/prompts/prompt-settings";
import { orderOf } from "@/lib/prompts/sections";
import { LivePreview } from "./live-preview";
import { SavingBar } from "./saving-bar";
import { type Dragging, SectionCard } from "./section-card";
import { TimeZoneField } from "./time-zone-field";
import { type Unsaved, useSaving } from "./use-saving";

interface PromptFormProps {
  settings: PromptSettings;
  installation: PromptSettings;
}

/** A person's own prompt: the texts, their order, and what comes of them. */
export function PromptForm({ settings, installation }: PromptFormProps) {
  const { value, change, saving } = useSaving(unsaved, settings, (prompt) =>
    api(changeSettings, { body: { prompt } }),
  );
  const [moved, setMoved] = useState("");
  const [dragged, setDragged] = useState<PromptSection | null>(null);
  const [target, setTarget] = useState<PromptSection | null>(null);
  const order = orderOf(value);

  function place(section: PromptSection, index: number) {
    const without = order.filter((other) => other !== section);
    change({ order: without.toSpliced(index, 0, section) });
    const name = t(`piece.${section}`);
    setMoved(t("prompt.moved", { name, place: index + 1, count: promptSections.length }));
  }

  function turn(section: PromptSection | "post", isOn: boolean) {
    const others = value.off.filter((other) => other !== section);
    change({ off: isOn ? others : [...others, section] });
  }

  function dragging(section: PromptSection, index: number): Dragging {
    return {
      isDragged: dragged === section,
      isTarget: target === section && dragged !== section,
      onDragStart: () => setDragged(section),
      onDragOver(event) {
        if (dragged === null) return;
        event.preventDefault();
        setTarget(section);
      },
      onDrop(event) {
        if (dragged === null) return;
        event.preventDefault();
        place(dragged, index);
        setTarget(null);
        setDragged(null);
      },
      onDragEnd() {
        setTarget(null);
        setDragged(null);
      },
    };
  }

  return (
    <form method="post" onSubmit={(event) => event.preventDefault()} className="grid grid-cols-1 gap-5">
      <div className="text-sm text-ink-soft">
        <p className="flex flex-wrap items-center gap-1.5">
          <span className="me-1">{t("prompt.placeholders")}</span>
          {names.map((name) => (
            <code key={name} className="rounded-sm bg-sunken px-1.5 py-0.5 font-mono text-xs text-ink">
              {name}
            </code>
          ))}
        </p>
        <p className="mt-2 max-w-prose text-pretty">{t("prompt.placeholdersNote", { time: "{{time}}" })}</p>
      </div>
      <ol className="grid grid-cols-1 gap-3">
        {order.map((section, index) => (
          <li key={section}>
            <SectionCard
              name={t(`piece.${section}`)}
              hint={t(`prompt.${section}Hint`)}
              isOn={!value.off.includes(section)}
              onSwitch={(isOn) => turn(section, isOn)}
              order={{
                isFirst: index === 0,
                isLast: index === order.length - 1,
                move: (by) => place(section, index + by),
                drag: dragging(section, index),
              }}
            >
              {section === "pre" && (
                <TextArea
                  label={t("piece.pre")}
                  className={hiddenLabel}
                  value={value.preSystemPrompt}
                  maxLength={sectionLengthMax}
                  onChange={(event) => change({ preSystemPrompt: event.currentTarget.value })}
                />
              )}
              {section === "system" && (
                <TextArea
                  label={t("piece.system")}
                  className={hiddenLabel}
                  value={value.systemPrompt}
                  rows={5}
                  maxLength={sectionLengthMax}
                  onChange={(event) => change({ systemPrompt: event.currentTarget.value })}
                />
              )}
            </SectionCard>
          </li>
        ))}
      </ol>
      <output className="sr-only">{moved}</output>
      <SectionCard
        name={t("piece.post")}
        hint={t("prompt.postHint")}
        isOn={!value.off.includes("post")}
        onSwitch={(isOn) => turn("post", isOn)}
      >
        <TextArea
          label={t("piece.post")}
          className={hiddenLabel}
          value={value.postSystemPrompt}
          maxLength={sectionLengthMax}
          onChange={(event) => change({ postSystemPrompt: event.currentTarget.value })}
        />
      </SectionCard>
      <div className="grid gap-5 sm:grid-cols-2">
        <TextArea
          label={t("prompt.separator")}
          hint={t("prompt.separatorHint")}
          value={value.separator}
          maxLength={100}
          onChange={(event) => change({ separator: event.currentTarget.value })}
        />
        <TimeZoneField value={value.timeZone} onChange={(timeZone) => change({ timeZone })} />
      </div>
      <LivePreview settings={value} installation={installation} />
      <SavingBar saving={saving} />
    </form>
  );
}

const unsaved: Unsaved<PromptSettings> = { parts: {} };

const names = ["{{char}}", "{{user}}", "{{model}}", "{{date}}", "{{weekday}}", "{{time}}"];

/** The card names it already; screen readers are told all the same. */
const hiddenLabel = "[&>label]:sr-only";
