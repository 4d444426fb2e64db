"use client";

import { useLayoutEffect, useRef, useState } from "react";
import { follow } from "@/app/_client/preferences";
import { readingPlaces } from "@/app/_client/reading-places";
import { createScrollKeeper, type ScrollKeeper, type Unseen } from "./scroll-keeper";

/**
 * Keeps in view what the reader is reading, and opens a chat where it was left. `sent` counts the questions
 * that were sent from here: each goes to the newest message. `unseen` is null at the end.
 */
export function useFollowScroll(chatId: string, sent: number) {
  const scroller = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const keeper = useRef<ScrollKeeper>(null);
  const [unseen, setUnseen] = useState<Unseen | null>(null);

  useLayoutEffect(() => {
    const view = scroller.current;
    const inner = content.current;
    if (!view || !inner) return;
    view.style.flexDirection = "column";
    let timer: ReturnType<typeof setTimeout> | undefined;
    const created = createScrollKeeper({
      view,
      content: inner,
      startAt: readingPlaces.read(chatId),
      onChange: (next) => setUnseen((known) => (isSame(known, next) ? known : next)),
      onMoved() {
        clearTimeout(timer);
        timer = setTimeout(remember, rememberDelayMs);
      },
    });
    const remember = () => {
      clearTimeout(timer);
      readingPlaces.write(chatId, created.place());
    };
    keeper.current = created;
    window.addEventListener("pagehide", remember);
    return () => {
      window.removeEventListener("pagehide", remember);
      remember();
      created.dispose();
    };
  }, [chatId]);

  useLayoutEffect(() => {
    if (sent > 0) keeper.current?.showNewest(follow.read());
  }, [sent]);

  return { scroller, content, unseen, goToEnd: () => keeper.current?.goToEnd() };
}

const rememberDelayMs = 300;

function isSame(known: Unseen | null, next: Unseen | null): boolean {
  return known?.messages === next?.messages && known?.lines === next?.lines;
}
