"use client";

import { useState } from "react";
import { api } from "@/app/_client/api";
import { Field } from "@/app/_ui/field";
import { Switch } from "@/app/_ui/switch";
import { changeSettings } from "@/lib/api/settings";
import { t } from "@/lib/i18n/prompt-translator";
import type { ContextSettings } from "@/lib/prompts/context-settings";
import { SavingBar } from "./saving-bar";
import { type Unsaved, useSaving } from "./use-saving";

/** What becomes of a chat that is longer than its model can be told. */
export function ContextForm({ settings }: { settings: ContextSettings }) {
  const { value, change, saving } = useSaving(unsaved, settings, (context) =>
    api(changeSettings, { body: { context } }),
  );
  const [typed, setTyped] = useState(String(value.answerReserveTokens ?? ""));
  const isWrong = reserveOf(typed) === "wrong";

  function type(text: string) {
    setTyped(text);
    const answerReserveTokens = reserveOf(text);
    if (answerReserveTokens !== "wrong") change({ answerReserveTokens });
  }

  return (
    <form
      method="post"
      onSubmit={(event) => {
        event.preventDefault();
      }}
      className="grid max-w-lg gap-5"
    >
      <Switch
        label={t("prompt.summarise")}
        hint={t("prompt.summariseHint")}
        checked={value.summarises}
        onChange={(summarises) => change({ summarises })}
      />
      <Field
        label={t("prompt.reserve")}
        hint={t("prompt.reserveHint")}
        problem={isWrong ? t("prompt.reserveProblem") : null}
        inputMode="numeric"
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
        className="max-w-xs"
      />
      <SavingBar saving={isWrong ? { ...saving, save: async () => {} } : saving} />
    </form>
  );
}

const unsaved: Unsaved<ContextSettings> = { parts: {} };

function reserveOf(typed: string): number | null | "wrong" {
  if (typed.trim() === "") return null;
  const count = Number(typed.replace(/[\s,.]/g, ""));
  return Number.isInteger(count) && count >= 64 && count <= 200_000 ? count : "wrong";
}
