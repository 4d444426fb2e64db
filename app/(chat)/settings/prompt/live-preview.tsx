"use client";

import { useDeferredValue, useMemo } from "react";
import { ScrolledText } from "@/app/_chat/prompt/scrolled-text";
import { tokensText } from "@/app/_chat/prompt/tokens-text";
import { t } from "@/lib/i18n/prompt-translator";
import { estimateTokens } from "@/lib/prompts/estimate-tokens";
import { momentTexts } from "@/lib/prompts/moment-texts";
import type { PromptSettings } from "@/lib/prompts/prompt-settings";
import { buildSections, joinSections, type Section } from "@/lib/prompts/sections";

interface LivePreviewProps {
  settings: PromptSettings;
  installation: PromptSettings;
}

/** What comes of the sections, while they are written. */
export function LivePreview({ settings, installation }: LivePreviewProps) {
  const shown = useDeferredValue(settings);
  const { before, after, separator } = useMemo(
    () =>
      buildSections({
        installation,
        person: shown,
        character: { ...sampleCharacter, description: t("prompt.sampleCharacter") },
        profile: { ...sampleProfile, description: t("prompt.sampleProfile") },
        model: "Model",
        moment: momentTexts(new Date(), shown.timeZone),
        seed: "preview",
      }),
    [shown, installation],
  );
  return (
    <section aria-label={t("prompt.live")} className="rounded-lg bg-sunken p-4">
      <h4 className="text-sm font-semibold">{t("prompt.live")}</h4>
      <p className="mt-0.5 text-sm text-ink-soft">{t("prompt.liveText")}</p>
      <Told label={t("prompt.liveBefore")} sections={before} separator={separator} />
      <Told label={t("prompt.liveAfter")} sections={after} separator={separator} />
    </section>
  );
}

function Told({
  label,
  sections,
  separator,
}: {
  label: string;
  sections: readonly Section[];
  separator: string;
}) {
  const text = joinSections(sections, separator);
  return (
    <div className="mt-4">
      <p className="flex items-baseline justify-between gap-4 text-xs text-ink-soft">
        <span>{label}</span>
        {text !== null && <span className="tabular-nums">{tokensText(estimateTokens(text), true)}</span>}
      </p>
      {text === null ? (
        <p className="mt-1.5 text-sm text-ink-faint">{t("prompt.liveEmpty")}</p>
      ) : (
        <ScrolledText
          label={label}
          text={text}
          className="mt-1.5 rounded-md border border-line bg-raised p-3 text-sm"
        />
      )}
    </div>
  );
}

const sampleCharacter = {
  id: "sample",
  name: "Character",
  personality: "",
  scenario: "",
  exampleDialogue: "",
  systemPrompt: "",
  postSystemPrompt: "",
  lore: { beforeDescription: [], afterDescription: [], atDepth: [] },
};

const sampleProfile = { id: "sample", name: "User" };
