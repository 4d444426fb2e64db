"use client";

import { type RefObject, useLayoutEffect } from "react";

/** What opens and closes the side bar is out of sight once it was pressed: its counterpart has the focus then. */
export function useFocusAcross(aside: RefObject<HTMLElement | null>, isOpen: boolean) {
  useLayoutEffect(() => {
    const opener = document.querySelector<HTMLElement>("[data-side-bar-opener]");
    const closer = aside.current?.querySelector<HTMLElement>("[data-side-bar-closer]");
    // What is hidden keeps the focus until the browser lays the page out.
    const { activeElement } = document;
    if (isOpen && activeElement === opener) closer?.focus({ preventScroll: true });
    if (!isOpen && aside.current?.contains(activeElement)) opener?.focus({ preventScroll: true });
  }, [aside, isOpen]);
}
