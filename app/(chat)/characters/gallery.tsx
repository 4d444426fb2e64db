"use client";

import { CircleAlert, Drama, FileUp, Plus, Search, Trash2, X } from "lucide-react";
import { type DragEvent, useEffect, useRef, useState } from "react";
import { Alert } from "@/app/_ui/alert";
import { Button } from "@/app/_ui/button";
import { handOnFocus } from "@/app/_ui/hand-on-focus";
import { IconButton } from "@/app/_ui/icon-button";
import { t } from "@/lib/i18n/characters-translator";
import { CharacterCard } from "./character-card";
import { GalleryTags } from "./gallery-tags";
import { ImportProblems } from "./import-problems";
import { NewCharacterDialog } from "./new-character-dialog";
import { useCharacterActions } from "./use-character-actions";
import { type GalleryPage, noFilter, useGallery } from "./use-gallery";
import { useImport } from "./use-import";

const accepted = ".png,.json,image/png,application/json";

/** All characters, to choose one for a chat; card files are taken by button, drop and paste. */
export function Gallery({ firstPage }: { firstPage: GalleryPage }) {
  const gallery = useGallery(firstPage);
  const { filter, setFilter, items, isFiltered } = gallery;
  const actions = useCharacterActions(gallery.refresh);
  const importing = useImport(gallery.refresh);
  const { importFiles } = importing;
  const picker = useRef<HTMLInputElement>(null);
  const importButton = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const [isOver, setOver] = useState(false);
  const [isNaming, setNaming] = useState(false);
  usePastedFiles(importFiles);

  /** To the card in this place, or the one before it. */
  const focusToCard = (index: number) =>
    handOnFocus(() => {
      const card = list.current?.children[Math.min(index, list.current.children.length - 1)];
      (card?.querySelector("button") ?? importButton.current)?.focus();
    });

  function drop(event: DragEvent) {
    setOver(false);
    if (!hasFiles(event)) return;
    event.preventDefault();
    void importFiles([...event.dataTransfer.files]);
  }

  const isEmpty = items.length === 0 && !gallery.isLoading && !gallery.error;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button does the same by keyboard
    <div
      className="relative min-h-0 flex-1 overflow-y-auto"
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        const { relatedTarget: to } = event;
        if (!(to instanceof Node && event.currentTarget.contains(to))) setOver(false);
      }}
      onDrop={drop}
    >
      <div className="mx-auto w-full max-w-5xl px-5 pt-2 pb-[calc(4rem+env(safe-area-inset-bottom))]">
        <div className="flex flex-wrap items-center gap-2">
          <div className="relative min-w-44 flex-1 max-sm:basis-full">
            <Search
              aria-hidden
              className="pointer-events-none absolute inset-y-0 left-3 my-auto size-4 text-ink-faint"
            />
            <input
              type="search"
              aria-label={t("characters.search")}
              placeholder={t("characters.search")}
              value={filter.q}
              maxLength={200}
              dir="auto"
              autoComplete="off"
              onChange={(event) => setFilter({ ...filter, q: event.currentTarget.value })}
              className="h-10 w-full rounded-md border border-line bg-raised pr-3 pl-9 text-base pointer-coarse:h-11 pointer-fine:text-sm"
            />
          </div>
          <Button
            ref={importButton}
            aria-disabled={importing.progress !== null}
            onClick={() => importing.progress || picker.current?.click()}
          >
            <FileUp aria-hidden className="size-4" />
            {importing.progress ? t("characters.importing", importing.progress) : t("characters.import")}
          </Button>
          <Button look="primary" onClick={() => setNaming(true)}>
            <Plus aria-hidden className="size-4" />
            {t("characters.new")}
          </Button>
          <IconButton
            icon={filter.deleted ? X : Trash2}
            label={t(filter.deleted ? "characters.showAll" : "characters.showTrash")}
            className="max-sm:ms-auto"
            onClick={() => setFilter({ ...noFilter, deleted: !filter.deleted })}
          />
          <input
            ref={picker}
            type="file"
            multiple
            accept={accepted}
            hidden
            onChange={(event) => {
              void importFiles([...(event.currentTarget.files ?? [])]);
              event.currentTarget.value = "";
            }}
          />
        </div>
        {!filter.deleted && (
          <GalleryTags
            tags={gallery.tags}
            chosen={filter.tags}
            onChoose={(tags) => setFilter({ ...filter, tags })}
          />
        )}
        <ImportProblems
          problems={importing.problems}
          onDismiss={importing.dismissProblems}
          onGone={() => importButton.current?.focus()}
        />
        <output className="sr-only">
          {isFiltered &&
            !gallery.isLoading &&
            !gallery.error &&
            t("characters.count", { count: items.length })}
        </output>
        {gallery.error && (
          <div className="mt-4">
            <Alert
              tone="danger"
              icon={CircleAlert}
              isUrgent
              actions={
                <Button
                  look="tinted"
                  size="small"
                  ref={focusToCard(0)}
                  aria-disabled={gallery.isValidating}
                  onClick={gallery.isValidating ? undefined : gallery.refresh}
                >
                  {t("action.retry")}
                </Button>
              }
            >
              <p>{t("characters.failed")}</p>
            </Alert>
          </div>
        )}
        {items.length === 0 && gallery.isLoading && (
          <p role="status" className="mt-10 animate-appear-late text-center text-sm text-ink-faint">
            {t("state.loading")}
          </p>
        )}
        {isEmpty && filter.deleted && (
          <p className="mt-10 text-center text-ink-soft">{t("characters.trashEmpty")}</p>
        )}
        {isEmpty && !filter.deleted && isFiltered && (
          <div className="mt-10 text-center">
            <p className="text-ink-soft">{t("characters.noMatch")}</p>
            <Button size="small" className="mt-4" ref={focusToCard(0)} onClick={() => setFilter(noFilter)}>
              {t("characters.clear")}
            </Button>
          </div>
        )}
        {isEmpty && !filter.deleted && !isFiltered && (
          <div className="mx-auto mt-14 max-w-md text-center">
            <Drama aria-hidden className="mx-auto mb-4 size-9 text-accent" strokeWidth={1.5} />
            <h2 className="font-display text-xl font-medium tracking-tight">{t("characters.empty")}</h2>
            <p className="mt-2 text-ink-soft text-pretty">{t("characters.emptyText")}</p>
            <p className="mt-3 text-sm text-ink-faint text-pretty">{t("characters.importHint")}</p>
          </div>
        )}
        <ul
          ref={list}
          aria-label={t("characters.title")}
          aria-busy={gallery.isValidating}
          className="mt-4 grid grid-cols-2 gap-3 empty:hidden sm:grid-cols-3 sm:gap-4 lg:grid-cols-4"
        >
          {items.map((character, index) => (
            <li key={character.id} ref={focusToCard(index)} className="grid min-w-0">
              <CharacterCard character={character} actions={actions} />
            </li>
          ))}
        </ul>
        {gallery.hasMore && (
          <div className="mt-6 text-center">
            <Button
              look="quiet"
              ref={focusToCard(items.length)}
              aria-disabled={gallery.isValidating}
              onClick={gallery.isValidating ? undefined : gallery.showMore}
            >
              {t("characters.more")}
            </Button>
          </div>
        )}
      </div>
      {isOver && (
        <div className="pointer-events-none sticky inset-x-0 bottom-6 z-10 mx-auto w-fit rounded-lg bg-ink px-5 py-3 text-sm text-paper shadow-popover">
          {t("characters.dropHere")}
        </div>
      )}
      {isNaming && <NewCharacterDialog onClose={() => setNaming(false)} />}
    </div>
  );
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer.types.includes("Files");
}

function usePastedFiles(take: (files: File[]) => void): void {
  useEffect(() => {
    function paste(event: ClipboardEvent) {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0 || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      take(files);
    }
    window.addEventListener("paste", paste);
    return () => window.removeEventListener("paste", paste);
  }, [take]);
}
