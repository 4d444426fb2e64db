"use client";

import { useLayoutEffect, useRef, useState } from "react";
import { holdEvent } from "./message/versions";

interface Ends {
  /** The first message shown; another one means that earlier ones were put before it. */
  first: string | undefined;
  /** The question that the reader is sending; a new one goes to the end in any case. */
  question: string | undefined;
}

/** Keeps the end in view while the reader is there, and never moves a reader who went up. */
export function useFollowScroll({ first, question }: Ends) {
  const scroller = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const isFollowing = useRef(true);
  const seen = useRef({ top: 0, height: 0 });
  const [isAtEnd, setAtEnd] = useState(true);

  useLayoutEffect(() => {
    if (question === undefined) return;
    isFollowing.current = true;
    setAtEnd(true);
  }, [question]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what comes before the first message pushes down what is read
  useLayoutEffect(() => {
    const view = scroller.current;
    if (!view || isFollowing.current) return;
    view.scrollTop = seen.current.top + view.scrollHeight - seen.current.height;
  }, [first]);

  useLayoutEffect(() => {
    const view = scroller.current;
    const inner = content.current;
    if (!view || !inner) return;
    view.style.flexDirection = "column";
    const remember = () => {
      seen.current = { top: view.scrollTop, height: view.scrollHeight };
    };
    const keepEnd = () => {
      if (isFollowing.current) view.scrollTop = view.scrollHeight;
      remember();
    };
    const onScroll = () => {
      const isNearEnd = view.scrollHeight - view.scrollTop - view.clientHeight < nearPx;
      const wentUp = view.scrollTop < seen.current.top - 1;
      if (isNearEnd) isFollowing.current = true;
      else if (wentUp) isFollowing.current = false;
      remember();
      setAtEnd(isNearEnd || isFollowing.current);
    };
    const hold = () => {
      isFollowing.current = false;
      setAtEnd(false);
    };
    const observer = new ResizeObserver(keepEnd);
    keepEnd();
    observer.observe(inner);
    observer.observe(view);
    view.addEventListener("scroll", onScroll, { passive: true });
    view.addEventListener(holdEvent, hold);
    return () => {
      observer.disconnect();
      view.removeEventListener("scroll", onScroll);
      view.removeEventListener(holdEvent, hold);
    };
  }, []);

  function goToEnd() {
    isFollowing.current = true;
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight, behavior: "smooth" });
  }

  return { scroller, content, isAtEnd, goToEnd };
}

/** Two lines of text: nearer than this, the reader means the end. */
const nearPx = 56;
