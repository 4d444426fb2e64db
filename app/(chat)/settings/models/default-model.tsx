"use client";

import { lazy, useRef, useState } from "react";
import { useModels } from "@/app/_chat/models/use-models";
import { Button, buttonClass } from "@/app/_ui/button";
import { handOnFocus } from "@/app/_ui/hand-on-focus";
import { MenuButton } from "@/app/_ui/menu-button";
import { t } from "@/lib/i18n/model-settings-translator";

const loadPicker = () => import("@/app/_chat/models/model-picker");
const ModelPicker = lazy(loadPicker);

/** `own`: what the person has chosen; `null` for the installation's default. */
export function DefaultModel({ own }: { own: string | null }) {
  const { catalogue, error, setDefault } = useModels();
  const [chosen, setChosen] = useState(own);
  const chooser = useRef<HTMLDivElement>(null);

  async function choose(id: string | null) {
    const before = chosen;
    setChosen(id);
    if (!(await setDefault(id))) setChosen(before);
  }

  if (error && !catalogue) return <p className="text-sm text-danger">{t("model.failed")}</p>;
  if (!catalogue) return <p className="text-sm text-ink-faint">{t("state.loading")}</p>;
  const nameOf = (id: string) => catalogue.items.find((model) => model.id === id)?.name ?? id;
  const isGone = chosen !== null && !catalogue.items.some(({ id }) => id === chosen);
  const answering = chosen === null || isGone ? catalogue.installationDefault : chosen;
  return (
    <div className="grid gap-3">
      <p className="text-sm">
        <span className="block font-medium">{nameOf(answering)}</span>
        <span className="block text-ink-soft">
          {t(answering === chosen ? "modelSettings.defaultOwn" : "modelSettings.defaultOfAll")}
        </span>
      </p>
      {isGone && (
        <p className="text-sm text-warn">{t("modelSettings.defaultGone", { name: chosen ?? "" })}</p>
      )}
      <div ref={chooser} className="flex flex-wrap gap-2">
        <MenuButton
          popup="listbox"
          preload={loadPicker}
          className={buttonClass("outline")}
          renderMenu={(menu) => (
            <ModelPicker {...menu} chosen={answering} onChoose={({ id }) => void choose(id)} />
          )}
        >
          {t("modelSettings.defaultChoose")}
        </MenuButton>
        {chosen !== null && (
          <Button
            look="quiet"
            ref={handOnFocus(() => chooser.current?.querySelector("button")?.focus())}
            onClick={() => void choose(null)}
          >
            {t("modelSettings.defaultReset")}
          </Button>
        )}
      </div>
    </div>
  );
}
