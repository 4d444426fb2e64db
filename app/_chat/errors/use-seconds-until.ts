"use client";

import { useEffect, useState } from "react";

/** Whole seconds left until `time`, counted down; 0 when it has come or there is none. */
export function useSecondsUntil(time: number | null): number {
  const [now, setNow] = useState(Date.now);
  const isWaiting = time !== null && time > now;

  useEffect(() => {
    if (!isWaiting) return;
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [isWaiting]);

  return isWaiting ? Math.ceil((time - now) / 1000) : 0;
}
