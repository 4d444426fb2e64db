"use client";

import { useEffect, useState } from "react";
import { api } from "@/app/_client/api";
import { checkCard } from "@/lib/api/characters";
import type { CardCheck } from "@/lib/characters/card-check";
import type { CharacterDraft } from "./character-drafts";

const pauseMs = 700;

/** What the card comes to as it was before the last pause; `null` before the first answer. */
export function useCardCheck({ card, model }: Pick<CharacterDraft, "card" | "model">): CardCheck | null {
  const [check, setCheck] = useState<CardCheck | null>(null);
  const isFirst = check === null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change asks again, not the answer
  useEffect(() => {
    const leaving = new AbortController();
    const ask = () =>
      api(checkCard, { body: { card, model }, signal: leaving.signal }).then(setCheck, () => {
        // What is half written may be no card yet: what was said last stays.
      });
    const timer = setTimeout(ask, isFirst ? 0 : pauseMs);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [card, model]);

  return check;
}
