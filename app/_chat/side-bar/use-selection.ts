"use client";

import { useRef, useState } from "react";
import type { Chat } from "@/lib/chats/chat";

export interface Selection {
  /** `null` while nothing is being selected. */
  selected: ReadonlySet<string> | null;
  begin(): void;
  end(): void;
  /** Nothing is selected any more, and selecting goes on. */
  forget(): void;
  all(): void;
  /** With `toHere` everything between the last one and this. */
  toggle(chatId: string, toHere: boolean): void;
}

export function useSelection(order: readonly Chat[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  const last = useRef<string | null>(null);
  const shown = chosen && new Set(order.flatMap(({ id }) => (chosen.has(id) ? id : [])));

  return {
    selected: shown,
    begin: () => setChosen(new Set()),
    end: () => setChosen(null),
    forget: () => setChosen((now) => now && new Set()),
    all: () => setChosen(new Set(order.map(({ id }) => id))),
    toggle(chatId, toHere) {
      const [at, from] = [chatId, last.current].map((id) => order.findIndex((chat) => chat.id === id));
      last.current = chatId;
      const next = new Set(shown);
      if (toHere && at !== undefined && from !== undefined && from >= 0) {
        for (const { id } of order.slice(Math.min(at, from), Math.max(at, from) + 1)) next.add(id);
      } else if (!next.delete(chatId)) next.add(chatId);
      setChosen(next);
    },
  };
}
