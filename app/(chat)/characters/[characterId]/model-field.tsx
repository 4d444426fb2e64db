"use client";

import { ChevronDown, X } from "lucide-react";
import { lazy } from "react";
import { IconButton } from "@/app/_ui/icon-button";
import { MenuButton } from "@/app/_ui/menu-button";
import { t } from "@/lib/i18n/characters-translator";

const loadPicker = () => import("@/app/_chat/models/model-picker");
const ModelPicker = lazy(loadPicker);

interface ModelFieldProps {
  model: string | null;
  onChange(model: string | null): void;
}

/** What chats with the character begin with. */
export function ModelField({ model, onChange }: ModelFieldProps) {
  return (
    <div className="min-w-0">
      <p className="mb-1.5 text-sm font-medium">{t("editor.model")}</p>
      <div className="flex items-center gap-1">
        <MenuButton
          popup="listbox"
          preload={loadPicker}
          aria-label={t("model.choose", { name: model ?? t("editor.modelNone") })}
          className="flex h-11 min-w-0 flex-1 items-center gap-2 rounded-md border border-line-strong bg-raised px-3.5 text-start aria-expanded:bg-hover"
          renderMenu={(menu) => (
            <ModelPicker {...menu} chosen={model ?? ""} onChoose={({ id }) => onChange(id)} />
          )}
        >
          <span className="min-w-0 flex-1 truncate">{model ?? t("editor.modelNone")}</span>
          <ChevronDown aria-hidden className="size-4 shrink-0 text-ink-faint" />
        </MenuButton>
        {model !== null && (
          <IconButton icon={X} label={t("editor.modelClear")} onClick={() => onChange(null)} />
        )}
      </div>
    </div>
  );
}
