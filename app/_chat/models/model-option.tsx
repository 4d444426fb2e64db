"use client";

import { Combobox } from "@base-ui/react/combobox";
import { Brain, Check, Eye, Image, type LucideIcon, Star, Wrench } from "lucide-react";
import { classNames } from "@/app/_ui/class-names";
import { type ModelMessageKey, t } from "@/lib/i18n/model-translator";
import type { ListedModel } from "@/lib/models/catalogue";
import { callsTools, isFree, reasons, seesPictures } from "@/lib/models/find-models";
import { contextLabel, priceLabel } from "./model-labels";

interface ModelOptionProps {
  model: ListedModel;
  /** Whose model it is, where that is not plain from its id. */
  providerName: string | null;
  onStar(): void;
}

export function ModelOption({ model, providerName, onStar }: ModelOptionProps) {
  const problem = model.availability.status === "unavailable" ? model.availability.reason : null;
  return (
    <Combobox.Item
      value={model}
      disabled={problem !== null}
      className="grid min-h-11 cursor-default select-none grid-cols-[1rem_1fr_auto_auto] items-center gap-x-2.5 rounded-md px-2 py-1.5 text-sm outline-none data-disabled:opacity-60 data-highlighted:bg-hover"
    >
      <Combobox.ItemIndicator className="col-start-1 row-span-2">
        <Check aria-hidden className="size-4 text-accent" />
      </Combobox.ItemIndicator>
      <span className="col-start-2 flex min-w-0 items-center gap-1.5">
        <span className="truncate font-medium">{model.name}</span>
        {providerName && <span className="truncate text-xs text-ink-faint">{providerName}</span>}
        {model.isDefault && <span className="shrink-0 text-xs text-ink-faint">{t("model.default")}</span>}
      </span>
      <span
        className={`col-start-3 text-right text-xs tabular-nums ${isFree(model) ? "text-accent" : "text-ink-soft"}`}
      >
        {priceLabel(model)}
      </span>
      <StarMark isOn={model.isFavourite} onPress={onStar} />
      <span className="col-start-2 flex min-w-0 items-center gap-1.5 text-xs text-ink-faint">
        <span className="truncate">{subtitleOf(model, problem)}</span>
        <Abilities model={model} />
      </span>
      <span className="col-start-3 text-right text-xs text-ink-faint">{contextLabel(model)}</span>
    </Combobox.Item>
  );
}

function subtitleOf(model: ListedModel, problem: "key_missing" | "not_listed" | null): string {
  if (problem !== null) return t(`model.${problem}`);
  if (model.expiresAt !== null) return t("model.expires", { date: model.expiresAt });
  return model.id.replace(/^ep_[\w-]+\//, "");
}

/** For the pointer: an option holds no button, and the keyboard has one below the list. */
function StarMark({ isOn, onPress }: { isOn: boolean; onPress(): void }) {
  return (
    <span
      aria-hidden
      data-star
      className="col-start-4 row-span-2 row-start-1 grid size-8 place-items-center rounded-md text-ink-faint hover:bg-raised hover:text-ink pointer-coarse:size-11"
      onPointerDown={(event) => event.stopPropagation()}
      onMouseDown={(event) => {
        event.stopPropagation();
        // The focus stays in the search field.
        event.preventDefault();
      }}
      onMouseUp={(event) => event.stopPropagation()}
      onClick={(event) => {
        event.stopPropagation();
        onPress();
      }}
    >
      <Star className={classNames("size-4", isOn && "fill-current text-accent")} strokeWidth={1.75} />
    </span>
  );
}

function Abilities({ model }: { model: ListedModel }) {
  return (
    <span className="flex shrink-0 items-center gap-1">
      {abilities
        .filter(({ has }) => has(model))
        .map(({ name, icon: Icon }) => (
          <span key={name} title={t(name)}>
            <Icon aria-hidden className="size-3.5" strokeWidth={1.75} />
            <span className="sr-only">{`, ${t(name)}`}</span>
          </span>
        ))}
    </span>
  );
}

const abilities: readonly { name: ModelMessageKey; icon: LucideIcon; has(model: ListedModel): boolean }[] = [
  { name: "model.sees", icon: Eye, has: seesPictures },
  { name: "model.draws", icon: Image, has: ({ outputModalities }) => outputModalities.includes("image") },
  { name: "model.calls", icon: Wrench, has: callsTools },
  { name: "model.reasons", icon: Brain, has: reasons },
];
