"use client";

import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import type { Chat } from "@/lib/chats/chat";

/**
 * One row of the list is reached by Tab, the others by arrows from it. When the row that has the focus goes, the
 * one in its place gets it.
 */
export function useRowFocus({
  container,
  chats,
  currentId,
  focusElsewhere,
}: {
  container: RefObject<HTMLElement | null>;
  chats: readonly Chat[];
  currentId: string | null;
  /** Where the focus goes when no row is left. */
  focusElsewhere(): void;
}) {
  const [chosenId, setChosenId] = useState<string | null>(null);
  /** The row that has the focus, and its place when it was last drawn. */
  const focused = useRef<{ id: string; index: number } | null>(null);
  const wanted = useRef<string | null>(null);

  const has = (id: string | null) => id !== null && chats.some((chat) => chat.id === id);
  const reachableId = has(chosenId) ? chosenId : has(currentId) ? currentId : (chats[0]?.id ?? null);

  useLayoutEffect(() => {
    const { current: was } = focused;
    if (was) {
      const index = chats.findIndex(({ id }) => id === was.id);
      if (index >= 0) {
        focused.current = { id: was.id, index };
        // Drawn anew in another group.
        if (isNowhere()) wanted.current ??= was.id;
      } else if (isNowhere()) {
        const neighbour = chats[Math.min(was.index, chats.length - 1)];
        focused.current = null;
        if (neighbour) {
          wanted.current = neighbour.id;
          setChosenId(neighbour.id);
        } else focusElsewhere();
      }
    }
    const row = wanted.current && findRow(container.current, wanted.current);
    if (!row) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  });

  function focusRow(id: string): void {
    setChosenId(id);
    wanted.current = id;
    const row = findRow(container.current, id);
    if (!row) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  return {
    reachableId,
    focusRow,

    /** The row that Tab would come to, as it is drawn by then. */
    focusReachable(): void {
      const row = container.current?.querySelector<HTMLElement>('[data-chat][tabindex="0"]');
      if (row?.dataset.chat) focusRow(row.dataset.chat);
      else focusElsewhere();
    },

    focusLast(): void {
      const last = chats.at(-1);
      if (last) focusRow(last.id);
      else focusElsewhere();
    },

    /** Once it is drawn again, as after its title was changed. */
    focusLater(id: string): void {
      setChosenId(id);
      wanted.current = id;
    },

    onFocus(target: EventTarget): void {
      const id = idOfRow(target);
      const index = chats.findIndex((chat) => chat.id === id);
      focused.current = id !== null && index >= 0 ? { id, index } : null;
      if (id !== null && id !== chosenId) setChosenId(id);
    },

    onBlur(target: EventTarget): void {
      // What was taken out of the page has lost the focus as well, and is the case to mend.
      if (target instanceof Element && target.isConnected) focused.current = null;
    },
  };
}

/** Of the row that the element is in. */
export function idOfRow(target: EventTarget): string | null {
  if (!(target instanceof Element)) return null;
  return target.closest("li")?.querySelector<HTMLElement>("[data-chat]")?.dataset.chat ?? null;
}

function findRow(container: HTMLElement | null, id: string): HTMLElement | null {
  return container?.querySelector<HTMLElement>(`[data-chat="${CSS.escape(id)}"]`) ?? null;
}

/** The browser gives the focus to nobody when its element goes. */
function isNowhere(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}
