"use client";

import { usePathname } from "next/navigation";
import { useSyncExternalStore } from "react";
import { chatIdOf } from "@/app/_chat/chat-path";
import { pagePresence } from "@/app/_client/connection/presence";

/** The chat that the person has before their eyes; `null` while the page is out of sight. */
export function useLookedAt(): string | null {
  const current = chatIdOf(usePathname());
  const isVisible = useSyncExternalStore(pagePresence.subscribe, pagePresence.isVisible, () => true);
  return isVisible ? current : null;
}
