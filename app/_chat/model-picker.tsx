"use client";

import { Combobox } from "@base-ui/react/combobox";
import { Check, Search } from "lucide-react";
import useSWR from "swr";
import { api } from "@/app/_client/api";
import type { OpenMenu } from "@/app/_ui/menu-button";
import { listModels } from "@/lib/api/models";
import { t } from "@/lib/i18n/panel-translator";
import type { ListedModel } from "@/lib/models/catalogue";
import type { ModelName } from "./model-choice";
import { contextLabel, isFree, priceLabel } from "./model-labels";

interface ModelPickerProps extends OpenMenu {
  chosen: string;
  onChoose(model: ModelName): void;
}

export default function ModelPicker({ anchor, close, chosen, onChoose }: ModelPickerProps) {
  const { data, error, isLoading } = useSWR("models", () => api(listModels));
  const models = data?.items ?? none;
  return (
    <Combobox.Root
      open
      items={models}
      value={models.find((model) => model.id === chosen) ?? null}
      itemToStringLabel={searchText}
      isItemEqualToValue={(a, b) => a.id === b.id}
      autoHighlight
      onValueChange={(model) => {
        if (model) onChoose({ id: model.id, name: model.name });
      }}
      onOpenChange={(open) => {
        if (!open) close();
      }}
    >
      <Combobox.Portal>
        <Combobox.Positioner
          anchor={anchor}
          side="bottom"
          align="start"
          sideOffset={8}
          className="z-30 outline-none"
        >
          <Combobox.Popup
            aria-label={t("model.label")}
            finalFocus={anchor}
            className="flex max-h-[min(28rem,var(--available-height))] w-[min(26rem,calc(100vw-1.5rem))] animate-appear flex-col overflow-hidden rounded-lg bg-raised shadow-popover outline-none"
          >
            <div className="flex items-center gap-2.5 border-b border-line px-3.5">
              <Search aria-hidden className="size-4 shrink-0 text-ink-faint" />
              <Combobox.Input
                aria-label={t("model.search")}
                placeholder={t("model.search")}
                className="h-11 min-w-0 flex-1 bg-transparent text-base outline-none md:text-sm"
              />
            </div>
            {isLoading && <p className="p-4 text-sm text-ink-faint">{t("state.loading")}</p>}
            {error && <p className="p-4 text-sm text-danger">{t("model.failed")}</p>}
            {data && (
              <Combobox.Empty className="text-sm text-ink-faint empty:hidden">
                <p className="p-4">{t("model.none")}</p>
              </Combobox.Empty>
            )}
            <Combobox.List className="min-h-0 flex-1 scroll-py-1.5 overflow-y-auto overscroll-contain p-1.5 empty:hidden">
              {(model: ListedModel) => <ModelItem key={model.id} model={model} />}
            </Combobox.List>
            {models.some((model) => !isFree(model)) && (
              <p className="border-t border-line px-3.5 py-2 text-xs text-ink-faint">
                {t("model.priceNote")}
              </p>
            )}
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}

const none: ListedModel[] = [];

function ModelItem({ model }: { model: ListedModel }) {
  const problem = model.availability.status === "unavailable" ? model.availability.reason : null;
  return (
    <Combobox.Item
      value={model}
      disabled={problem !== null}
      className="grid min-h-11 cursor-default select-none grid-cols-[1rem_1fr_auto] items-center gap-x-2.5 rounded-md px-2 py-1.5 text-sm outline-none data-disabled:opacity-60 data-highlighted:bg-hover"
    >
      <Combobox.ItemIndicator className="col-start-1 row-span-2">
        <Check aria-hidden className="size-4 text-accent" />
      </Combobox.ItemIndicator>
      <span className="col-start-2 truncate font-medium">
        {model.name}
        {model.isDefault && (
          <span className="ml-2 text-xs font-normal text-ink-faint">{t("model.default")}</span>
        )}
      </span>
      <span
        className={`col-start-3 text-right text-xs tabular-nums ${isFree(model) ? "text-accent" : "text-ink-soft"}`}
      >
        {priceLabel(model)}
      </span>
      <span className="col-start-2 truncate text-xs text-ink-faint">
        {problem === null ? model.id : t(`model.${problem}`)}
      </span>
      <span className="col-start-3 text-right text-xs text-ink-faint">{contextLabel(model)}</span>
    </Combobox.Item>
  );
}

function searchText(model: ListedModel): string {
  return `${model.name} ${model.id}`;
}
