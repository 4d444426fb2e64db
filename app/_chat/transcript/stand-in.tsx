"use client";

import { useMemo, useSyncExternalStore } from "react";
import { withoutMarks } from "@/app/_chat/markdown/without-marks";
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
  const text = useMemo(
    () => (isInBrowser && !isGrowing ? withoutMarks(markdown) : markdown),
    [isInBrowser, isGrowing, markdown],
  );
  return isInBrowser && <div data-stand-in>{text}</div>;
}
