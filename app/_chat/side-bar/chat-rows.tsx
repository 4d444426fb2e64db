"use client";

import { type RefObject, useId } from "react";
import type { Chat } from "@/lib/chats/chat";
import type { ChatGroup } from "./chat-groups";
import { ChatItem, type ChatItemProps } from "./chat-item";
import { type RowSpan, useShownRows } from "./use-shown-rows";

interface ChatRowsProps
  extends Pick<ChatItemProps, "onOpen" | "onToggle" | "onRename" | "onStartRenaming" | "onEndRenaming"> {
  groups: readonly ChatGroup[];
  scroller: RefObject<HTMLElement | null>;
  currentId: string | null;
  /** Drawn wherever it is: it may have the focus. */
  reachableId: string | null;
  renamingId: string | null;
  selected: ReadonlySet<string> | null;
}

/** The list in its groups. Of ten thousand rows those in sight are drawn; each tells how many there are. */
export function ChatRows({
  groups,
  scroller,
  currentId,
  reachableId,
  renamingId,
  selected,
  ...on
}: ChatRowsProps) {
  const id = useId();
  const span = useShownRows(scroller);
  let top = 0;
  return groups.map((group) => {
    const listTop = top + span.headingPx;
    top = listTop + group.chats.length * span.rowPx;
    return (
      <section key={group.key} aria-labelledby={`${id}${group.key}`}>
        <h2
          id={`${id}${group.key}`}
          className="flex h-(--heading) items-end px-2.5 pb-1.5 text-xs font-medium text-ink-faint"
        >
          {group.name}
        </h2>
        <ul className="relative" style={{ height: `calc(var(--row) * ${group.chats.length})` }}>
          {rowsWithin(group.chats, listTop, span, [reachableId, renamingId]).map(({ chat, index }) => (
            <li
              key={chat.id}
              aria-setsize={group.chats.length}
              aria-posinset={index + 1}
              className="group/chat absolute inset-x-0 h-(--row) py-px"
              style={{ top: `calc(var(--row) * ${index})` }}
            >
              <ChatItem
                chat={chat}
                isCurrent={chat.id === currentId}
                isReachable={chat.id === reachableId}
                isSelected={selected === null ? null : selected.has(chat.id)}
                isRenaming={chat.id === renamingId}
                {...on}
              />
            </li>
          ))}
        </ul>
      </section>
    );
  });
}

function rowsWithin(
  chats: readonly Chat[],
  top: number,
  { from, to, rowPx }: RowSpan,
  always: readonly (string | null)[],
): { chat: Chat; index: number }[] {
  const first = Math.max(0, Math.floor((from - top) / rowPx));
  const end = Math.min(chats.length, Math.ceil((to - top) / rowPx));
  const rows = chats
    .slice(first, Math.max(first, end))
    .map((chat, offset) => ({ chat, index: first + offset }));
  for (const id of new Set(always)) {
    const index = chats.findIndex((chat) => chat.id === id);
    const chat = chats[index];
    if (!chat || (index >= first && index < end)) continue;
    if (index < first) rows.unshift({ chat, index });
    else rows.push({ chat, index });
  }
  return rows;
}
