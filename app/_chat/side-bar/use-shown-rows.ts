"use client";

import { type RefObject, useEffect, useState } from "react";

export interface RowSpan {
  /** Of pixels from the top of the list, half open. */
  from: number;
  to: number;
  rowPx: number;
  headingPx: number;
}

/** The part of a long list that is in sight or near it; the rest is only room. */
export function useShownRows(scroller: RefObject<HTMLElement | null>): RowSpan {
  const [span, setSpan] = useState<RowSpan>(firstSpan);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => {
      const top = Math.max(0, Math.floor(element.scrollTop / stepPx) * stepPx);
      const { rowPx, headingPx } = measure(element);
      const next = {
        from: top - marginPx,
        to: top + element.clientHeight + stepPx + marginPx,
        rowPx,
        headingPx,
      };
      setSpan((now) => (isSame(now, next) ? now : next));
    };
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [scroller]);

  return span;
}

/** Some rows at a time, so that scrolling draws seldom; and enough beyond that a flick shows no gap. */
const stepPx = 240;
const marginPx = 720;

/** What the server draws, and what is there before anything can be measured. */
const firstSpan: RowSpan = { from: 0, to: 2_000, rowPx: 36, headingPx: 40 };

/** The sizes are in rem and differ by the kind of pointer: the styles know them. */
function measure(element: HTMLElement): { rowPx: number; headingPx: number } {
  const styles = getComputedStyle(element);
  const rootPx = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const px = (name: string, initial: number) =>
    Number.parseFloat(styles.getPropertyValue(name)) * rootPx || initial;
  return { rowPx: px("--row", firstSpan.rowPx), headingPx: px("--heading", firstSpan.headingPx) };
}

function isSame(a: RowSpan, b: RowSpan): boolean {
  return a.from === b.from && a.to === b.to && a.rowPx === b.rowPx && a.headingPx === b.headingPx;
}
