"use client";

import { usePathname, useRouter } from "next/navigation";
import {
  type KeyboardEvent,
  lazy,
  type ReactNode,
  Suspense,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { useChatList } from "@/app/_chat/chat-list/chat-list";
import type { ChatView } from "@/app/_chat/chat-list/chat-listing";
import { useChatActions } from "@/app/_chat/chat-menu/use-chat-actions";
import { chatIdOf } from "@/app/_chat/chat-path";
import { isComposing } from "@/app/_client/page/composition";
import { subscribeToNothing } from "@/app/_client/subscribe-to-nothing";
import { Button } from "@/app/_ui/button";
import { handOnFocus } from "@/app/_ui/hand-on-focus";
import { t } from "@/lib/i18n/translator";
import { groupChats } from "./chat-groups";
import { ChatRows } from "./chat-rows";
import { SideBarTop } from "./side-bar-top";
import { idOfRow, useRowFocus } from "./use-row-focus";
import { useSelection } from "./use-selection";

const SelectBar = lazy(() => import("./select-bar"));

interface SideBarChatsProps {
  today: number;
  onOpen(chatId: string): void;
  /** What stands above and below them. */
  above: ReactNode;
  below: ReactNode;
}

/** The side bar with its list of chats, which takes the room that is left. */
export function SideBarChats({ today, onOpen, above, below }: SideBarChatsProps) {
  const { shown, show, loadMore } = useChatList();
  const { filter, chats, hasMore, isLoading, hasFailed } = shown;
  const actions = useChatActions();
  const router = useRouter();
  const current = chatIdOf(usePathname());
  const localToday = useSyncExternalStore(subscribeToNothing, startOfToday, () => today);
  const groups = useMemo(() => groupChats(chats, filter.view, localToday), [chats, filter.view, localToday]);
  const order = useMemo(() => groups.flatMap((group) => group.chats), [groups]);

  const scroller = useRef<HTMLElement>(null);
  const filterField = useRef<HTMLInputElement>(null);
  const keysId = useId();
  const [renamingId, setRenamingId] = useState<string | null>(null);
  const selection = useSelection(order);
  const rows = useRowFocus({
    container: scroller,
    chats: order,
    currentId: current,
    // By touch the field would bring up a keyboard.
    focusElsewhere: () =>
      (window.matchMedia("(pointer: fine)").matches ? filterField : scroller).current?.focus(),
  });

  function showView(view: ChatView) {
    selection.end();
    show({ view, q: "" });
    scroller.current?.scrollTo({ top: 0 });
  }

  function endSelecting(event: KeyboardEvent<HTMLElement>) {
    if (event.key !== "Escape" || event.defaultPrevented || !selection.selected) return;
    if (isComposing(event.nativeEvent) || isOver(event.target, event.currentTarget)) return;
    // Within a drawer it would close that as well.
    event.preventDefault();
    selection.end();
    const id = idOfRow(event.target);
    if (id) rows.focusLater(id);
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const id = idOfRow(event.target);
    const isRow = event.target instanceof HTMLElement && event.target.dataset.chat !== undefined;
    if (!isRow || id === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const index = order.findIndex((chat) => chat.id === id);
    const to = targetOf(event.key, index, order.length);
    const chat = order[to ?? index];
    if (to !== null && chat) rows.focusRow(chat.id);
    else if (event.key === "F2" && filter.view !== "trash") setRenamingId(id);
    else if (event.key === "Delete" && filter.view !== "trash") {
      actions.remove(selection.selected?.has(id) ? [...selection.selected] : [id]);
      selection.forget();
    } else if (event.key.length === 1 && event.key !== " " && !selection.selected) {
      filterField.current?.focus();
      show({ view: filter.view, q: filter.q + event.key });
    } else return;
    event.preventDefault();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: for the keyboard, wherever in it that is
    <div
      onKeyDown={endSelecting}
      className="flex h-full w-full flex-col pl-[env(safe-area-inset-left)] md:w-[calc(17.5rem+env(safe-area-inset-left))]"
    >
      {above}
      {selection.selected ? (
        <div ref={handOnFocus(rows.focusReachable)} className="h-11 shrink-0 pointer-coarse:h-13">
          <Suspense>
            <SelectBar view={filter.view} selection={selection} actions={actions} />
          </Suspense>
        </div>
      ) : (
        <SideBarTop
          field={filterField}
          keysId={keysId}
          onShowView={showView}
          onBack={rows.focusReachable}
          onSelect={() => {
            selection.begin();
            if (order[0]) rows.focusLater(order[0].id);
          }}
          onPurgeAll={() => actions.purge("all")}
          onDown={() => order[0] && rows.focusRow(order[0].id)}
          onChoose={() => {
            if (!order[0]) return;
            onOpen(order[0].id);
            router.push(`/chat/${order[0].id}`);
          }}
        />
      )}
      <p id={keysId} hidden>
        {t("sideBar.keys")}
      </p>
      <nav
        ref={scroller}
        tabIndex={-1}
        aria-label={t(viewNames[filter.view])}
        aria-describedby={keysId}
        onKeyDown={onKeyDown}
        onFocus={(event) => rows.onFocus(event.target)}
        onBlur={(event) => rows.onBlur(event.target)}
        className="relative min-h-0 flex-1 touch-pan-y overflow-y-auto overscroll-contain px-2.5 pb-4 [--heading:2.5rem] [--row:2.25rem] pointer-coarse:[--row:2.875rem]"
      >
        {chats.length === 0 && !hasFailed && (
          // One that is known to be empty stays so while it is looked at again.
          <Nothing view={filter.view} q={filter.q} isLoading={isLoading && hasMore} />
        )}
        <ChatRows
          groups={groups}
          scroller={scroller}
          currentId={current}
          reachableId={rows.reachableId}
          renamingId={renamingId}
          selected={selection.selected}
          onOpen={onOpen}
          onToggle={selection.toggle}
          onRename={actions.rename}
          onStartRenaming={setRenamingId}
          onEndRenaming={(id) => {
            setRenamingId(null);
            rows.focusLater(id);
          }}
        />
        {hasFailed && (
          <div className="px-2.5 py-3 text-sm text-ink-soft">
            <p role="alert" className="mb-2">
              {t("sideBar.failed")}
            </p>
            <Button size="small" ref={handOnFocus(rows.focusLast)} onClick={loadMore}>
              {t("action.retry")}
            </Button>
          </div>
        )}
        {hasMore && !hasFailed && chats.length > 0 && (
          <MoreChats isLoading={isLoading} onLoad={loadMore} onGone={rows.focusLast} />
        )}
      </nav>
      {below}
    </div>
  );
}

/** What lies over the side bar, a menu or a dialog, has Escape for itself. */
function isOver(target: EventTarget, sideBar: HTMLElement): boolean {
  if (!(target instanceof Element) || !sideBar.contains(target)) return true;
  return target.closest("dialog") !== sideBar.closest("dialog");
}

const viewNames = {
  chats: "sideBar.chats",
  archive: "sideBar.archive",
  trash: "sideBar.trash",
} as const satisfies Record<ChatView, string>;

const emptyTexts = {
  chats: "sideBar.empty",
  archive: "sideBar.emptyArchive",
  trash: "sideBar.emptyTrash",
} as const satisfies Record<ChatView, string>;

function Nothing({ view, q, isLoading }: { view: ChatView; q: string; isLoading: boolean }) {
  const text = isLoading
    ? t("state.loading")
    : q.trim()
      ? t("sideBar.noMatch", { q: q.trim() })
      : t(emptyTexts[view]);
  return <p className="px-2.5 py-3 text-sm break-words text-ink-faint">{text}</p>;
}

function targetOf(key: string, index: number, count: number): number | null {
  switch (key) {
    case "ArrowDown":
      return Math.min(index + 1, count - 1);
    case "ArrowUp":
      return Math.max(index - 1, 0);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}

function startOfToday(): number {
  return new Date().setHours(0, 0, 0, 0);
}

interface MoreChatsProps {
  isLoading: boolean;
  onLoad(): void;
  /** It had the focus, and there are no more. */
  onGone(): void;
}

/** Loads the next page when its end is near; as a button it works without seeing, too. */
function MoreChats({ isLoading, onLoad, onGone }: MoreChatsProps) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!end.current || isLoading) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) onLoad();
      },
      { root: end.current.closest("nav"), rootMargin: "0px 0px 600px" },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [isLoading, onLoad]);
  return (
    <div ref={end} className="px-2.5 py-3">
      <Button
        look="quiet"
        size="small"
        ref={handOnFocus(onGone)}
        aria-disabled={isLoading}
        onClick={isLoading ? undefined : onLoad}
        className="w-full"
      >
        {isLoading ? t("state.loading") : t("sideBar.more")}
      </Button>
    </div>
  );
}
