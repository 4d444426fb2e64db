"use client";

import { api } from "@/app/_client/api";
import { TextArea } from "@/app/_ui/text-area";
import { changeInstallation } from "@/lib/api/settings";
import { t } from "@/lib/i18n/prompt-translator";
import { type PromptSettings, sectionLengthMax } from "@/lib/prompts/prompt-settings";
import { SavingBar } from "./saving-bar";
import { type Unsaved, useSaving } from "./use-saving";

/** The installation's own prompts. */
export function EverybodyForm({ settings }: { settings: PromptSettings }) {
  const { value, change, saving } = useSaving(unsaved, settings, (prompt) =>
    api(changeInstallation, { body: { prompt } }),
  );
  return (
    <form method="post" onSubmit={(event) => event.preventDefault()} className="grid gap-5">
      <TextArea
        label={t("piece.pre")}
        value={value.preSystemPrompt}
        maxLength={sectionLengthMax}
        onChange={(event) => change({ preSystemPrompt: event.currentTarget.value })}
      />
      <TextArea
        label={t("piece.system")}
        hint={t("prompt.everybodySystemHint")}
        value={value.systemPrompt}
        maxLength={sectionLengthMax}
        onChange={(event) => change({ systemPrompt: event.currentTarget.value })}
      />
      <TextArea
        label={t("piece.post")}
        value={value.postSystemPrompt}
        maxLength={sectionLengthMax}
        onChange={(event) => change({ postSystemPrompt: event.currentTarget.value })}
      />
      <SavingBar saving={saving} />
    </form>
  );
}

const unsaved: Unsaved<PromptSettings> = { parts: {} };
