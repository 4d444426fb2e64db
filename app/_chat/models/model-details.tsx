"use client";

import { Star } from "lucide-react";
import { isOnMac } from "@/app/_client/page/shortcuts";
import { Keys } from "@/app/_ui/keys";
import { t } from "@/lib/i18n/model-translator";
import type { ListedModel } from "@/lib/models/catalogue";
import { isFree } from "@/lib/models/find-models";
import { moreLabels } from "./model-labels";

interface ModelDetailsProps {
  model: ListedModel;
  onStar(): void;
  onMakeDefault(): void;
  onChooseOnce?: () => void;
}

/** Of the model that is highlighted: what the list has no room for, and what can be done with it besides choosing it. */
export function ModelDetails({ model, onStar, onMakeDefault, onChooseOnce }: ModelDetailsProps) {
  const more = moreLabels(model).join(" · ");
  const mod = isOnMac() ? "⌘" : "Ctrl";
  return (
    <div className="border-t border-line px-3.5 py-2.5 text-xs text-ink-faint">
      {model.description && (
        <p className="line-clamp-2 text-ink-soft max-md:hidden">
          <span className="font-medium text-ink">{model.name}</span> {model.description}
        </p>
      )}
      <p className="mt-1 max-md:hidden">
        {isFree(model) ? more : [t("model.priceNote"), more].filter(Boolean).join(" · ")}
      </p>
      <div className="-mx-2 mt-1.5 flex flex-wrap items-center gap-1 max-md:mt-0 max-md:justify-between">
        <button type="button" aria-pressed={model.isFavourite} onClick={onStar} className={actionClass}>
          <Star
            aria-hidden
            className={`size-3.5 max-md:size-4 ${model.isFavourite ? "fill-current text-accent" : ""}`}
          />
          <span className="max-md:sr-only">
            {t("model.starShort")}
            <span className="sr-only"> {model.name}</span>
          </span>
          <Keys names={[mod, "D"]} />
        </button>
        <button
          type="button"
          aria-disabled={model.isDefault}
          onClick={model.isDefault ? undefined : onMakeDefault}
          className={actionClass}
        >
          {t(model.isDefault ? "model.isDefault" : "model.makeDefault")}
        </button>
        {onChooseOnce && (
          <button type="button" onClick={onChooseOnce} className={actionClass}>
            {t("model.onceLong")}
            <Keys names={isOnMac() ? ["⇧", "↩"] : ["Shift", "Enter"]} />
          </button>
        )}
      </div>
    </div>
  );
}

const actionClass =
  "touch-target flex h-7 items-center justify-center gap-1.5 rounded-md px-2 text-ink-soft transition-colors hover:bg-hover hover:text-ink aria-disabled:opacity-60 pointer-coarse:h-9 [&_kbd]:max-md:hidden";
