"use client";

import { useSyncExternalStore } from "react";
import { isOnMac } from "@/app/_client/page/shortcuts";
import { subscribeToNothing } from "@/app/_client/subscribe-to-nothing";

/** The server does not know the keyboard; the first drawing must agree with its own. */
export function useIsMac(): boolean {
  return useSyncExternalStore(subscribeToNothing, isOnMac, () => false);
}
