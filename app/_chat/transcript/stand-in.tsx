"use client";

import { useSyncExternalStore } from "react";
import { subscribeToNothing } from "@/app/_client/subscribe-to-nothing";

/**
 * A text that is far from view, in one element: the page can be searched for it, it can be selected, copied,
 * printed and read out. It is not seen: what it stands for is drawn before it comes into view.
 */
export function StandIn({ text }: { text: string }) {
  const isInBrowser = useSyncExternalStore(
    subscribeToNothing,
    () => true,
    () => false,
  );
  return isInBrowser && <div data-stand-in>{text}</div>;
}
