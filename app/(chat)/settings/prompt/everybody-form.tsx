"use client";

import { api } from "@/app/_client/api";
import { changeInstallation } from "@/lib/api/settings";
import { t } from "@/lib/i18n/prompt-translator";
import { type PromptSettings, sectionLengthMax } from "@/lib/prompts/prompt-settings";
import { SavingBar } from "./saving-bar";
import { TextArea } from "./text-area";
import { useSaving } from "./use-saving";

/** The installation's own prompts. */
export function EverybodyForm({ settings }: { settings: PromptSettings }) {
  const { value, change, saving } = useSaving(settings, (prompt) =>
    api(changeInstallation, { body: { prompt } }),
  );
  return (
    <form onSubmit={(event) => event.preventDefault()} className="grid gap-5">
      <TextArea
        label={t("piece.pre")}
        value={value.preSystemPrompt}
        lengthMax={sectionLengthMax}
        onChange={(preSystemPrompt) => change({ preSystemPrompt })}
      />
      <TextArea
        label={t("piece.system")}
        hint={t("prompt.everybodySystemHint")}
        value={value.systemPrompt}
        lengthMax={sectionLengthMax}
        onChange={(systemPrompt) => change({ systemPrompt })}
      />
      <TextArea
        label={t("piece.post")}
        value={value.postSystemPrompt}
        lengthMax={sectionLengthMax}
        onChange={(postSystemPrompt) => change({ postSystemPrompt })}
      />
      <SavingBar saving={saving} />
    </form>
  );
}
