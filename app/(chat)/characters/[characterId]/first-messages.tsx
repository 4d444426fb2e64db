"use client";

import { Plus, X } from "lucide-react";
import { Button } from "@/app/_ui/button";
import { handOnFocus } from "@/app/_ui/hand-on-focus";
import { IconButton } from "@/app/_ui/icon-button";
import { TextArea } from "@/app/_ui/text-area";
import type { CardData } from "@/lib/characters/card";
import type { CardCheck } from "@/lib/characters/card-check";
import { t } from "@/lib/i18n/characters-translator";
import { tokensText } from "./tokens-text";

interface FirstMessagesProps {
  data: CardData;
  check: CardCheck | null;
  onChange(data: Partial<CardData>): void;
}

/** What a chat begins with, and what it may begin with instead. */
export function FirstMessages({ data, check, onChange }: FirstMessagesProps) {
  const { first_mes: first, alternate_greetings: alternates } = data;
  const changeAlternates = (alternate_greetings: string[]) => onChange({ alternate_greetings });
  return (
    <>
      <TextArea
        label={t("editor.firstMessage")}
        hint={t("editor.firstMessageHint")}
        aside={tokensText(check, check?.fields.first_mes)}
        rows={5}
        value={first}
        onChange={(event) => onChange({ first_mes: event.currentTarget.value })}
      />
      <fieldset className="min-w-0">
        <legend className="mb-1.5 text-sm font-medium">{t("editor.alternates")}</legend>
        <div className="grid grid-cols-1 gap-3">
          {alternates.map((text, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they are told apart by their place alone
            <div key={index} ref={focusToLast} className="flex items-start gap-1">
              <TextArea
                label={t("editor.alternate", { number: index + 2 })}
                aside={tokensText(check, check?.alternateGreetings[index])}
                className="min-w-0 flex-1 [&_label]:text-ink-soft"
                value={text}
                onChange={(event) => changeAlternates(alternates.with(index, event.currentTarget.value))}
              />
              <IconButton
                icon={X}
                label={t("editor.removeAlternate", { number: index + 2 })}
                onClick={() => changeAlternates(alternates.toSpliced(index, 1))}
              />
            </div>
          ))}
          <Button
            size="small"
            className="justify-self-start"
            onClick={() => changeAlternates([...alternates, ""])}
          >
            <Plus aria-hidden className="size-4" />
            {t("editor.addAlternate")}
          </Button>
        </div>
      </fieldset>
    </>
  );
}

/** Of the alternates, or what adds one: the last went, with the focus in it. */
const focusToLast = handOnFocus((alternates) => {
  alternates
    .querySelector<HTMLElement>(":scope > :nth-last-child(2) textarea, :scope > :only-child")
    ?.focus();
});
