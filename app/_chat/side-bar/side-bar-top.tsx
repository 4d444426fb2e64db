"use client";

import { ArrowLeft, Ellipsis, Search, X } from "lucide-react";
import { type KeyboardEvent, lazy, type RefObject, Suspense, useState } from "react";
import { useChatList } from "@/app/_chat/chat-list/chat-list";
import type { ChatView } from "@/app/_chat/chat-list/chat-listing";
import { isComposing } from "@/app/_client/page/composition";
import { handOnFocus } from "@/app/_ui/hand-on-focus";
import { IconButton } from "@/app/_ui/icon-button";
import { MenuButton } from "@/app/_ui/menu-button";
import { t } from "@/lib/i18n/translator";

const SideBarMenu = lazy(() => import("./side-bar-menu"));
const PurgeDialog = lazy(() => import("@/app/_chat/chat-menu/purge-dialog"));

/** With what the menu opens: then nothing that is chosen there can fail to load. */
const loadMenu = () =>
  Promise.all([
    import("./side-bar-menu"),
    import("@/app/_chat/chat-menu/purge-dialog"),
    import("./select-bar"),
  ]);

interface SideBarTopProps {
  field: RefObject<HTMLInputElement | null>;
  /** Of the text that tells the keys. */
  keysId: string;
  onShowView(view: ChatView): void;
  /** The way back to the chats had the focus, and is gone. */
  onBack(): void;
  onSelect(): void;
  onPurgeAll(): void;
  /** From the filter into the list. */
  onDown(): void;
  /** The first that the filter leaves. */
  onChoose(): void;
}

/** Which chats are listed: the view, the filter, and what else there is. */
export function SideBarTop({
  field,
  keysId,
  onShowView,
  onBack,
  onSelect,
  onPurgeAll,
  onDown,
  onChoose,
}: SideBarTopProps) {
  const { shown, show } = useChatList();
  const { filter, chats, isLoading, hasMore } = shown;
  const { view, q } = filter;
  const [isPurging, setPurging] = useState(false);
  const isFiltered = q.trim() !== "";

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === "ArrowDown") onDown();
    else if (event.key === "Enter" && isFiltered) onChoose();
    // The first one clears; within a drawer the next one closes that.
    else if (event.key === "Escape" && q !== "") show({ view, q: "" });
    else return;
    event.preventDefault();
  }

  return (
    <div className="shrink-0 px-2.5 pb-1">
      {view !== "chats" && (
        <div className="flex items-center gap-1 pb-1.5">
          <IconButton
            icon={ArrowLeft}
            label={t("sideBar.back")}
            size="small"
            ref={handOnFocus(onBack)}
            onClick={() => onShowView("chats")}
          />
          <h2 className="flex-1 text-sm font-medium">
            {t(view === "archive" ? "sideBar.archive" : "sideBar.trash")}
          </h2>
        </div>
      )}
      <div className="flex items-center gap-1">
        <div className="relative min-w-0 flex-1">
          <Search
            aria-hidden
            className="pointer-events-none absolute inset-y-0 left-2.5 my-auto size-4 text-ink-faint"
          />
          <input
            ref={field}
            type="search"
            aria-label={t("sideBar.filter")}
            aria-describedby={keysId}
            placeholder={t("sideBar.filterPlaceholder")}
            value={q}
            maxLength={200}
            dir="auto"
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => show({ view, q: event.currentTarget.value })}
            onKeyDown={onKeyDown}
            className="h-9 w-full rounded-md bg-transparent pr-8 pl-9 text-base text-ink transition-colors hover:bg-hover focus:bg-raised pointer-coarse:h-11 pointer-fine:text-sm [&::-webkit-search-cancel-button]:hidden"
          />
          {q !== "" && (
            <button
              type="button"
              aria-label={t("sideBar.clearFilter")}
              onClick={() => {
                show({ view, q: "" });
                field.current?.focus();
              }}
              className="absolute inset-y-0 right-1 my-auto grid size-7 place-items-center rounded-sm text-ink-faint hover:text-ink pointer-coarse:right-0 pointer-coarse:size-11"
            >
              <X aria-hidden className="size-4" />
            </button>
          )}
        </div>
        <MenuButton
          preload={loadMenu}
          aria-label={t("sideBar.views")}
          className="touch-target grid size-9 shrink-0 place-items-center rounded-md text-ink-soft transition-colors hover:bg-hover hover:text-ink aria-expanded:bg-hover"
          renderMenu={(menu) => (
            <SideBarMenu
              {...menu}
              view={view}
              hasChats={chats.length > 0}
              onSelect={onSelect}
              onShowView={onShowView}
              onPurgeAll={() => setPurging(true)}
            />
          )}
        >
          <Ellipsis aria-hidden className="size-[1.125rem]" />
        </MenuButton>
      </div>
      {view === "trash" && chats.length > 0 && (
        <p className="px-2.5 pt-2 text-xs text-ink-faint">{t("sideBar.trashNote")}</p>
      )}
      <output className="sr-only">
        {isFiltered && !isLoading && !hasMore && t("sideBar.matches", { count: chats.length })}
      </output>
      <Suspense>
        {isPurging && <PurgeDialog count="all" onClose={() => setPurging(false)} onPurge={onPurgeAll} />}
      </Suspense>
    </div>
  );
}
