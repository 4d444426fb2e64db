"use client";

import { Combobox } from "@base-ui/react/combobox";
import { Search } from "lucide-react";
import { type KeyboardEvent, type UIEvent, useState } from "react";
import { isComposing } from "@/app/_client/page/composition";
import { Button } from "@/app/_ui/button";
import { handOnFocus } from "@/app/_ui/hand-on-focus";
import type { OpenMenu } from "@/app/_ui/menu-button";
import { showToast } from "@/app/_ui/toasts";
import { t } from "@/lib/i18n/model-translator";
import type { Catalogue, ListedModel } from "@/lib/models/catalogue";
import { findModels } from "@/lib/models/find-models";
import type { ModelName } from "./model-choice";
import { ModelDetails } from "./model-details";
import { type ModelFilter, ModelFilters, ModelSort } from "./model-filters";
import { ModelOption } from "./model-option";
import { useModels } from "./use-models";

interface ModelPickerProps extends OpenMenu {
  chosen: string;
  onChoose(model: ModelName): void;
  /** For the next question alone. */
  onChooseOnce?: (model: ModelName) => void;
}

interface ModelGroup {
  name: "favourites" | "recent" | "others";
  items: ListedModel[];
}

// Some screens; the rest is drawn when somebody comes near.
const drawnAtOnce = 60;

/** Beside its button in wide windows, a sheet from below in narrow ones. Mounted means open. */
export default function ModelPicker({ anchor, close, chosen, onChoose, onChooseOnce }: ModelPickerProps) {
  const { catalogue, error, isLoading, isTrying, retry, setFavourite, setDefault, noteChosen } = useModels();
  const [words, setWords] = useState("");
  const [filter, setFilter] = useState<ModelFilter>({ sort: "relevance" });
  const [drawnMax, setDrawnMax] = useState(drawnAtOnce);
  const [highlighted, setHighlighted] = useState<string | null>(null);
  const query = { ...filter, q: words };
  const models = catalogue?.items ?? none;
  const found = findModels(catalogue ?? nothing, query);
  const isBrowsing = query.q.trim() === "" && filter.sort === "relevance";
  const groups = groupsOf(found.slice(0, drawnMax), isBrowsing);
  const foundById = (id: string | null) => found.find((model) => model.id === id);
  const shown = foundById(highlighted) ?? foundById(chosen) ?? found[0];

  function search(changed: { words?: string; filter?: ModelFilter }) {
    setWords(changed.words ?? words);
    setFilter(changed.filter ?? filter);
    setDrawnMax(drawnAtOnce);
    setHighlighted(null);
  }

  function choose(model: ListedModel, pick: (model: ModelName) => void) {
    if (model.availability.status === "unavailable") return;
    pick({ id: model.id, name: model.name });
    if (model.recentRank !== 0) void noteChosen(model.id);
  }

  const chooseOnce =
    onChooseOnce &&
    ((model: ListedModel) => {
      choose(model, onChooseOnce);
      close();
    });
  const star = (model: ListedModel) => void setFavourite(model.id, !model.isFavourite);

  async function makeDefault({ id, name }: ListedModel) {
    if (await setDefault(id)) showToast(t("model.madeDefault", { name }));
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (!shown || isComposing(event.nativeEvent)) return;
    const isModified = event.metaKey || event.ctrlKey;
    if (isModified && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "d") {
      event.preventDefault();
      star(shown);
    }
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
    // Faster than the list: the first match is what would have been highlighted.
    const isAhead = words !== "" && !event.target.hasAttribute("aria-activedescendant");
    const first = found.find(({ availability }) => availability.status === "available");
    if (!event.shiftKey && !(isAhead && first)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.shiftKey) chooseOnce?.(shown);
    else if (first) {
      choose(first, onChoose);
      close();
    }
  }

  function drawMoreNear({ currentTarget: list }: UIEvent<HTMLElement>) {
    if (list.scrollHeight - list.scrollTop - list.clientHeight < 600) drawMore();
  }

  function drawMore() {
    if (drawnMax < found.length) setDrawnMax(drawnMax + drawnAtOnce);
  }

  return (
    <Combobox.Root
      open
      items={groups}
      filter={null}
      inputValue={words}
      onInputValueChange={(value, { reason }) => {
        if (reason === "input-change" || reason === "input-clear") search({ words: value });
      }}
      value={models.find((model) => model.id === chosen) ?? null}
      itemToStringLabel={({ name }: ListedModel) => name}
      isItemEqualToValue={(a: ListedModel, b: ListedModel) => a.id === b.id}
      autoHighlight
      onItemHighlighted={(model: ListedModel | undefined, { index }) => {
        if (model) setHighlighted(model.id);
        if (index >= drawnMax - 5) drawMore();
      }}
      onValueChange={(model: ListedModel | null) => {
        if (model) choose(model, onChoose);
      }}
      onOpenChange={(open) => {
        if (!open) close();
      }}
    >
      <Combobox.Portal>
        <Combobox.Backdrop className="fixed inset-0 z-30 bg-veil md:hidden" />
        <Combobox.Positioner
          anchor={anchor}
          side="bottom"
          align="start"
          sideOffset={8}
          className="z-30 outline-none max-md:fixed! max-md:inset-x-0! max-md:top-auto! max-md:bottom-0! max-md:transform-none!"
        >
          <Combobox.Popup
            aria-label={t("model.label")}
            finalFocus={anchor}
            onKeyDownCapture={onKeyDown}
            className="flex max-h-[min(34rem,var(--available-height))] w-[min(40rem,calc(100vw-1.5rem))] animate-appear flex-col overflow-hidden rounded-lg bg-raised shadow-popover outline-none max-md:h-[85dvh] max-md:max-h-none max-md:w-full max-md:rounded-b-none max-md:pb-[env(safe-area-inset-bottom)] md:ml-[env(safe-area-inset-left)]"
          >
            <div className="flex shrink-0 items-center gap-2.5 px-3.5">
              <Search aria-hidden className="size-4 shrink-0 text-ink-faint" />
              <Combobox.Input
                aria-label={t("model.search")}
                placeholder={t("model.search")}
                className="h-11 min-w-0 flex-1 bg-transparent text-base outline-none pointer-fine:text-sm"
              />
              {catalogue && (
                <Combobox.Status className="sr-only">
                  {t("model.found", { count: found.length })}
                </Combobox.Status>
              )}
              <ModelSort filter={filter} onChange={(changed) => search({ filter: changed })} />
            </div>
            <ModelFilters filter={filter} onChange={(changed) => search({ filter: changed })} />
            {isLoading && <p className="p-4 text-sm text-ink-faint">{t("state.loading")}</p>}
            {error && !catalogue && (
              <div
                ref={focusToSearch}
                role="alert"
                className="flex flex-wrap items-center gap-x-4 gap-y-2 p-4 text-sm text-danger"
              >
                {t("model.failed")}
                <Button size="small" aria-disabled={isTrying} onClick={isTrying ? undefined : retry}>
                  {t("action.retry")}
                </Button>
              </div>
            )}
            {catalogue && <ProviderNotes catalogue={catalogue} />}
            {catalogue && (
              <Combobox.Empty className="text-sm text-ink-faint empty:hidden">
                <p className="p-4">{t(query.q.trim() === "" ? "model.noneFits" : "model.none")}</p>
              </Combobox.Empty>
            )}
            <Combobox.List
              onScroll={drawMoreNear}
              className="min-h-0 flex-1 scroll-py-8 overflow-y-auto overscroll-contain p-1.5 empty:hidden"
            >
              {(group: ModelGroup) => (
                <Combobox.Group key={group.name} items={group.items}>
                  {isBrowsing && (groups.length > 1 || group.name !== "others") && (
                    <Combobox.GroupLabel className="px-2 pt-2 pb-1 text-xs text-ink-faint">
                      {t(`model.${group.name}`)}
                    </Combobox.GroupLabel>
                  )}
                  <Combobox.Collection>
                    {(model: ListedModel) => (
                      <ModelOption
                        key={model.id}
                        model={model}
                        providerName={endpointNameOf(model, catalogue)}
                        onStar={() => star(model)}
                      />
                    )}
                  </Combobox.Collection>
                </Combobox.Group>
              )}
            </Combobox.List>
            {shown && (
              <ModelDetails
                model={shown}
                onStar={() => star(shown)}
                onMakeDefault={() => void makeDefault(shown)}
                onChooseOnce={chooseOnce && (() => chooseOnce(shown))}
              />
            )}
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}

/** By touch the field would bring up a keyboard over the list. */
const focusToSearch = handOnFocus((place) => {
  const search = place.querySelector<HTMLElement>("[role=combobox]");
  const popup = place.closest<HTMLElement>("[tabindex]");
  (window.matchMedia("(pointer: fine)").matches ? search : popup)?.focus();
});

const none: ListedModel[] = [];
const nothing = { items: none, providers: [] };

function groupsOf(models: readonly ListedModel[], isBrowsing: boolean): ModelGroup[] {
  const nameOf = (model: ListedModel): ModelGroup["name"] => {
    if (!isBrowsing) return "others";
    if (model.isFavourite) return "favourites";
    return model.recentRank === null ? "others" : "recent";
  };
  const names = ["favourites", "recent", "others"] as const;
  return names
    .map((name) => ({ name, items: models.filter((model) => nameOf(model) === name) }))
    .filter(({ items }) => items.length > 0);
}

function endpointNameOf({ provider }: ListedModel, catalogue: Catalogue | undefined): string | null {
  if (!provider.startsWith("ep_")) return null;
  return catalogue?.providers.find(({ id }) => id === provider)?.name ?? null;
}

/** Which lists are old or missing, and so may not be all there is. */
function ProviderNotes({ catalogue }: { catalogue: Catalogue }) {
  const notes = catalogue.providers.flatMap(({ id, name, readAt, failure }) => {
    if (failure === null) return [];
    const time = readAt === null ? null : new Date(readAt).toLocaleString([], timeFormat);
    return [
      { id, text: time ? t("model.stale", { provider: name, time }) : t("model.unread", { provider: name }) },
    ];
  });
  return notes.map(({ id, text }) => (
    <p key={id} className="border-b border-line bg-warn-soft px-3.5 py-1.5 text-xs text-warn">
      {text}
    </p>
  ));
}

const timeFormat = { dateStyle: "medium", timeStyle: "short" } as const;
