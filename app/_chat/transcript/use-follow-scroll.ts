"use client";

import { useLayoutEffect, useRef, useState } from "react";
import { readingPlaces } from "@/app/_client/drafts/reading-places";
import { follow } from "@/app/_client/preferences";
import type { ChatSession } from "@/app/_client/session/chat-session";
import { createScrollKeeper, type ScrollKeeper, type Unseen } from "./scroll-keeper";

/**
 * Keeps in view what the reader is reading, and opens a chat where it was left. `sent` counts the questions
 * that were sent from here: each goes to the newest message. `unseen` is null at the end. While `isSeeking`, the
 * place is still being fetched, and nothing else is to be seen.
 */
export function useFollowScroll(session: ChatSession, sent: number) {
  const scroller = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const keeper = useRef<ScrollKeeper>(null);
  const [unseen, setUnseen] = useState<Unseen | null>(null);
  const [isSeeking, setSeeking] = useState(false);

  useLayoutEffect(() => {
    const view = scroller.current;
    const inner = content.current;
    if (!view || !inner) return;
    view.style.flexDirection = "column";
    const { chatId } = session;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const created = createScrollKeeper({
      view,
      content: inner,
      startAt: readingPlaces.read(chatId),
      onChange: (next) => setUnseen((known) => (isSame(known, next) ? known : next)),
      onFound: () => setSeeking(false),
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
    const far = created.isSeeking();
    if (far !== null && session.hasEarlier()) {
      setSeeking(true);
      const isThere = () => session.chat.messages.some(({ id }) => id === far);
      // Once it is there it is found when it is drawn.
      void session.loadEarlier(far).then(
        () => isThere() || created.giveUp(),
        () => created.giveUp(),
      );
    } else created.giveUp();
    // What the page hid until here.
    delete document.documentElement.dataset.place;
    window.addEventListener("pagehide", remember);
    return () => {
      window.removeEventListener("pagehide", remember);
      remember();
      created.dispose();
    };
  }, [session]);

  useLayoutEffect(() => {
    if (sent > 0) keeper.current?.showNewest(follow.read());
  }, [sent]);

  return { scroller, content, unseen, isSeeking, goToEnd: () => keeper.current?.goToEnd() };
}

const rememberDelayMs = 300;

function isSame(known: Unseen | null, next: Unseen | null): boolean {
  return known?.messages === next?.messages && known?.lines === next?.lines;
}
