"use client";

import { ChevronDown, SlidersHorizontal } from "lucide-react";
import { lazy, Suspense, use, useEffect, useId, useSyncExternalStore } from "react";
import { toFailure } from "@/app/_client/chat-failure";
import { offerActions } from "@/app/_client/page/actions";
import type { ChatSession } from "@/app/_client/session/chat-session";
import { lazyOrNothing } from "@/app/_ui/lazy-or-nothing";
import { MenuButton } from "@/app/_ui/menu-button";
import { showToast } from "@/app/_ui/toasts";
import { t } from "@/lib/i18n/translator";
import type { ModelChoice, ModelName } from "./model-choice";

const loadPicker = () => import("./model-picker");
const ModelPicker = lazy(loadPicker);
const loadParameters = () => import("./parameters-dialog");
const ParametersDialog = lazy(loadParameters);
const LostModelNotice = lazyOrNothing(() => import("./lost-model-notice"));

interface ModelButtonProps {
  session: ChatSession;
  models: Promise<ModelChoice>;
}

/** Which model answers, and how it is asked to. */
export function ModelButton(props: ModelButtonProps) {
  return (
    <Suspense fallback={<div className="h-9" />}>
      <ChosenModel {...props} />
    </Suspense>
  );
}

function ChosenModel({ session, models }: ModelButtonProps) {
  const choice = use(models);
  const { subscribe, next, once, drawn, nameOf, learnDefault } = session.chosen;
  const id = useSyncExternalStore(subscribe, next, drawn);
  const isOnce = useSyncExternalStore(subscribe, once, once) !== null;
  const listed = choice.chosen ?? choice.byDefault;
  const named = id === null ? listed : (namedIn(choice, id) ?? { id, name: nameOf(id) });
  const isLost = choice.lost !== null && named.id === choice.chosen?.id;

  const buttonId = useId();
  useEffect(
    () => offerActions({ chooseModel: () => document.getElementById(buttonId)?.click() }),
    [buttonId],
  );
  useEffect(() => {
    // One that only stands in is nobody's choice.
    if (choice.unread.length === 0 || !choice.isOffline) learnDefault(choice.byDefault.id);
  }, [learnDefault, choice]);

  async function choose(model: ModelName) {
    try {
      await session.chooseModel(model);
    } catch (cause) {
      showToast(toFailure(cause).message);
    }
  }

  return (
    <>
      {choice.lost && isLost && (
        <Suspense>
          <LostModelNotice name={named.name} lost={choice.lost} onChoose={choose} />
        </Suspense>
      )}
      <div className="flex items-center">
        <MenuButton
          id={buttonId}
          popup="listbox"
          preload={loadPicker}
          aria-label={t(isOnce ? "model.chooseOnce" : "model.choose", { name: named.name })}
          className="touch-target flex h-9 min-w-0 items-center gap-1.5 rounded-full px-3 text-sm text-ink-soft transition-colors hover:bg-hover hover:text-ink aria-expanded:bg-hover"
          renderMenu={(menu) => (
            <ModelPicker {...menu} chosen={named.id} onChoose={choose} onChooseOnce={session.chooseOnce} />
          )}
        >
          <span className="truncate">
            <ShortName name={named.name} />
          </span>
          {isOnce && <span className="shrink-0 text-accent">{t("model.once")}</span>}
          <ChevronDown aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
        </MenuButton>
        <MenuButton
          popup="dialog"
          preload={loadParameters}
          aria-label={t("model.parameters")}
          data-tip={t("model.parameters")}
          className="touch-target grid size-9 shrink-0 place-items-center rounded-full text-ink-soft transition-colors hover:bg-hover hover:text-ink aria-expanded:bg-hover"
          renderMenu={({ close }) => <ParametersDialog session={session} model={named} onClose={close} />}
        >
          <SlidersHorizontal aria-hidden className="size-4" strokeWidth={1.85} />
        </MenuButton>
      </div>
    </>
  );
}

/** A phone has no room for who made the model. */
function ShortName({ name }: { name: string }) {
  const [, maker, rest] = /^([^:]+: )(.+)$/.exec(name) ?? [];
  if (!maker) return name;
  return (
    <>
      <span className="max-md:hidden">{maker}</span>
      {rest}
    </>
  );
}

function namedIn({ chosen, byDefault }: ModelChoice, id: string): ModelName | null {
  return [chosen, byDefault].find((model) => model?.id === id) ?? null;
}
