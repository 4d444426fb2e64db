"use client";

import { startTransition, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { subscribeToNothing } from "@/app/_client/subscribe-to-nothing";

interface StandInProps {
  markdown: string;
  /** Then its marks stay, which would be looked for again with every word. */
  isGrowing?: boolean;
}

/**
 * A text that is far from view, in one element: the page can be searched for it, it can be selected, copied,
 * printed and read out. It is not seen: what it stands for is drawn before it comes into view.
 */
export function StandIn({ markdown, isGrowing = false }: StandInProps) {
  const isInBrowser = useSyncExternalStore(
    subscribeToNothing,
    () => true,
    () => false,
  );
  const [strip, setStrip] = useState(() => fetched);
  useEffect(() => {
    if (strip) return;
    const take = ({ withoutMarks }: { withoutMarks: Strip }) => {
      fetched = withoutMarks;
      startTransition(() => setStrip(() => withoutMarks));
    };
    import("@/app/_chat/markdown/without-marks").then(take, keepMarks);
  }, [strip]);
  const text = useMemo(
    () => (strip && !isGrowing ? strip(markdown) : markdown),
    [strip, isGrowing, markdown],
  );
  return isInBrowser && <div data-stand-in>{text}</div>;
}

type Strip = (markdown: string) => string;

/** Takes its marks from a text. What most chats never need does not come with their page. */
let fetched: Strip | null = null;

/** What cannot be fetched is no reason to miss the text. */
function keepMarks(): void {}
