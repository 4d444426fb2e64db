"use client";

import { ChevronDown } from "lucide-react";
import { lazy, Suspense, use, useEffect, useId, useState } from "react";
import { offerActions } from "@/app/_client/actions";
import { toFailure } from "@/app/_client/chat-failure";
import type { ChatSession } from "@/app/_client/chat-session";
import { MenuButton } from "@/app/_ui/menu-button";
import { showToast } from "@/app/_ui/toasts";
import { t } from "@/lib/i18n/translator";
import type { ModelChoice, ModelName } from "./model-choice";

const loadPicker = () => import("./model-picker");
const ModelPicker = lazy(loadPicker);

interface ModelButtonProps {
  session: ChatSession;
  models: Promise<ModelChoice>;
}

export function ModelButton(props: ModelButtonProps) {
  return (
    <Suspense fallback={<div className="h-9" />}>
      <ChosenModel {...props} />
    </Suspense>
  );
}

function ChosenModel({ session, models }: ModelButtonProps) {
  const choice = use(models);
  const [chosen, setChosen] = useState<ModelName>(choice.chosen ?? choice.byDefault);

  const buttonId = useId();
  useEffect(
    () => offerActions({ chooseModel: () => document.getElementById(buttonId)?.click() }),
    [buttonId],
  );

  async function choose(model: ModelName) {
    const before = chosen;
    setChosen(model);
    try {
      await session.chooseModel(model.id);
    } catch (cause) {
      setChosen(before);
      showToast(toFailure(cause).message);
    }
  }

  return (
    <MenuButton
      id={buttonId}
      popup="listbox"
      preload={loadPicker}
      aria-label={t("model.choose", { name: chosen.name })}
      className="touch-target flex h-9 max-w-full items-center gap-1.5 rounded-full px-3 text-sm text-ink-soft transition-colors hover:bg-hover hover:text-ink aria-expanded:bg-hover"
      renderMenu={(menu) => <ModelPicker {...menu} chosen={chosen.id} onChoose={choose} />}
    >
      <span className="truncate">{chosen.name}</span>
      <ChevronDown aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
    </MenuButton>
  );
}
