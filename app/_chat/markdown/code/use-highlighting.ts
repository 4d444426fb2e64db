"use client";

import { useEffect, useRef, useState } from "react";
import type { Line } from "./highlight";

interface Highlighted {
  code: string;
  lines: readonly Line[];
}

/**
 * The coloured lines of `code`, as far as they are known: of a block that grows the newest lines are still
 * without. It is coloured anew at most so often that this takes a twentieth of the time.
 */
export function useHighlighting(code: string, language: string | null): readonly Line[] {
  const [highlighted, setHighlighted] = useState<Highlighted | null>(null);
  const mayStartAt = useRef(0);

  useEffect(() => {
    if (language === null || code.length > lengthMax) return;
    let isWanted = true;
    const timer = setTimeout(
      async () => {
        const { highlight } = await import("./highlight").catch(() => ({ highlight: () => null }));
        const since = performance.now();
        const lines = await highlight(code, language);
        mayStartAt.current = performance.now() + Math.max(restMs, (performance.now() - since) * 20);
        if (isWanted && lines) setHighlighted({ code, lines });
      },
      Math.max(0, mayStartAt.current - performance.now()),
    );
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [code, language]);

  if (!highlighted || !code.startsWith(highlighted.code)) return none;
  // A line that goes on may be another one: a string that was open, a comment.
  return code.length === highlighted.code.length ? highlighted.lines : highlighted.lines.slice(0, -1);
}

const none: readonly Line[] = [];

/** Beyond that, colouring would hold up the page for a tenth of a second. */
const lengthMax = 100_000;

const restMs = 250;
