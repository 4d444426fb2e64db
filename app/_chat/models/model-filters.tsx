"use client";

import { ChevronDown } from "lucide-react";
import { t } from "@/lib/i18n/model-translator";
import { type ModelQuery, modelSorts } from "@/lib/models/find-models";

export type ModelFilter = Omit<ModelQuery, "q">;

interface ModelFiltersProps {
  filter: ModelFilter;
  onChange(filter: ModelFilter): void;
}

/** Side by side, scrolling where they do not fit; the keyboard reaches them from the search field with Tab. */
export function ModelFilters({ filter, onChange }: ModelFiltersProps) {
  const toggles = [
    { name: "free", isOn: filter.free === true, changed: { free: !filter.free } },
    { name: "vision", isOn: filter.vision === true, changed: { vision: !filter.vision } },
    { name: "tools", isOn: filter.tools === true, changed: { tools: !filter.tools } },
    { name: "reasoning", isOn: filter.reasoning === true, changed: { reasoning: !filter.reasoning } },
    {
      name: "context",
      isOn: filter.minContext !== undefined,
      changed: { minContext: filter.minContext === undefined ? largeContext : undefined },
    },
  ] as const;
  return (
    <fieldset
      aria-label={t("model.filters")}
      className="flex min-w-0 shrink-0 gap-1.5 overflow-x-auto overscroll-contain border-b border-line px-2.5 pb-2.5 [scrollbar-width:none]"
    >
      {toggles.map(({ name, isOn, changed }) => (
        <button
          key={name}
          type="button"
          aria-pressed={isOn}
          onClick={() => onChange({ ...filter, ...changed })}
          className="touch-target h-7 shrink-0 rounded-full border border-line px-2.5 text-xs whitespace-nowrap text-ink-soft transition-colors hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent-strong pointer-coarse:h-9"
        >
          {t(`model.filter.${name}`)}
        </button>
      ))}
    </fieldset>
  );
}

export function ModelSort({ filter, onChange }: ModelFiltersProps) {
  return (
    <span className="relative shrink-0">
      <select
        aria-label={t("model.sort")}
        value={filter.sort}
        onChange={({ currentTarget }) => {
          const sort = modelSorts.find((each) => each === currentTarget.value);
          if (sort) onChange({ ...filter, sort });
        }}
        className="touch-target h-8 appearance-none rounded-md bg-transparent ps-2 pe-6 text-end text-xs text-ink-soft hover:bg-hover pointer-coarse:h-9"
      >
        {modelSorts.map((sort) => (
          <option key={sort} value={sort}>
            {t(`model.sort.${sort}`)}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute inset-y-0 end-1.5 my-auto size-3.5 text-ink-faint"
      />
    </span>
  );
}

// What the models of this size call 128k.
const largeContext = 128_000;
