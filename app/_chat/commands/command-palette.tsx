"use client";

import { Search, X } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import useSWR from "swr/whole";
import { useChatList } from "@/app/_chat/chat-list/chat-list";
import { chatIdOf } from "@/app/_chat/chat-path";
import { api } from "@/app/_client/api";
import { offeredActions } from "@/app/_client/page/actions";
import { isComposing } from "@/app/_client/page/composition";
import { Dialog } from "@/app/_ui/dialog";
import { IconButton } from "@/app/_ui/icon-button";
import { listChats } from "@/lib/api/chats";
import { t } from "@/lib/i18n/panel-translator";
import { type Entry, paletteEntries } from "./palette-entries";
import { PaletteOption } from "./palette-option";

/** Search over chats and commands in one field; the focus never leaves it. */
export default function CommandPalette({ onClose }: { onClose(): void }) {
  const listId = useId();
  const router = useRouter();
  const { chats } = useChatList();
  const currentId = chatIdOf(usePathname());
  // As they were when it opened: what is done by then is still what was meant.
  const [actions] = useState(offeredActions);
  const [query, setQuery] = useState("");
  const [activeId, setActiveId] = useState<string | null>(null);
  const { asked, askSoon } = useAskedLater();
  const { data, error, isLoading } = useSWR(asked === "" ? null : ["chat-search", asked], ([, q]) =>
    api(listChats, { query: { q, limit: 30 } }),
  );

  const groups = paletteEntries({
    query,
    chats,
    found: asked === query.trim() ? (data?.items ?? []) : [],
    currentId,
    actions,
    openChat: (chatId) => router.push(`/chat/${chatId}`),
  });
  const entries = groups.flatMap((group) => group.entries);
  const active = entries.find(({ id }) => id === activeId) ?? entries[0];

  function choose(entry: Entry) {
    // Closed first: a dialog gives the focus back as it closes, and what is run may move it.
    flushSync(onClose);
    entry.run();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (isComposing(event.nativeEvent)) return;
    const step = stepOf(event.key);
    if (event.key === "Enter" && active) choose(active);
    else if (step !== undefined && active) {
      const at = entries.indexOf(active) + step;
      const isWrapped = Math.abs(step) === 1;
      const next = isWrapped
        ? (at + entries.length) % entries.length
        : Math.min(Math.max(at, 0), entries.length - 1);
      setActiveId(entries[next]?.id ?? null);
    } else return;
    event.preventDefault();
  }

  return (
    <Dialog title={t("palette.label")} shape="palette" onClose={onClose}>
      <div data-palette className="flex shrink-0 items-center gap-3 border-b border-line px-4">
        <Search aria-hidden className="size-4.5 shrink-0 text-ink-faint" />
        <input
          autoFocus
          role="combobox"
          aria-label={t("palette.search")}
          aria-expanded={entries.length > 0}
          aria-controls={listId}
          aria-activedescendant={active && optionId(listId, active)}
          aria-autocomplete="list"
          placeholder={t("palette.placeholder")}
          value={query}
          dir="auto"
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="go"
          className="h-13 min-w-0 flex-1 bg-transparent text-base outline-none"
          onChange={(event) => {
            setQuery(event.target.value);
            setActiveId(null);
            askSoon(event.target.value.trim());
          }}
          onKeyDown={onKeyDown}
        />
        {/* Elsewhere Escape does it. */}
        <IconButton
          icon={X}
          label={t("action.close")}
          onClick={onClose}
          className="-me-2 pointer-fine:hidden"
        />
      </div>
      <div
        id={listId}
        role="listbox"
        aria-label={t("palette.label")}
        className="min-h-0 flex-1 scroll-py-2 overflow-y-auto overscroll-contain p-1.5 empty:hidden"
      >
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options is no fieldset
          <div key={group.name} role="group" aria-label={group.name}>
            <div aria-hidden className="px-2.5 pt-2 pb-1 text-xs font-medium text-ink-faint">
              {group.name}
            </div>
            {group.entries.map((entry) => (
              <PaletteOption
                key={entry.id}
                id={optionId(listId, entry)}
                entry={entry}
                isActive={entry === active}
                onPoint={() => setActiveId(entry.id)}
                onChoose={() => choose(entry)}
              />
            ))}
          </div>
        ))}
      </div>
      {entries.length === 0 && (
        <p className="p-4 text-sm text-ink-faint">
          {isLoading || asked !== query.trim() ? t("palette.searching") : t("palette.none")}
        </p>
      )}
      {error && (
        <p role="alert" className="border-t border-line px-4 py-2 text-xs text-warn">
          {t("palette.failed")}
        </p>
      )}
      <output className="sr-only">{query === "" ? "" : t("palette.found", { count: entries.length })}</output>
    </Dialog>
  );
}

function optionId(listId: string, entry: Entry): string {
  return `${listId}-${entry.id}`;
}

function stepOf(key: string): number | undefined {
  return { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[key];
}

/** The query as the server is asked for it: once nobody has typed for a moment. */
function useAskedLater() {
  const [asked, setAsked] = useState("");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  function askSoon(query: string) {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setAsked(query), askDelayMs);
  }
  return { asked, askSoon };
}

const askDelayMs = 150;
