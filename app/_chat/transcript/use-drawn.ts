"use client";

import { type RefObject, useEffect, useRef, useState } from "react";
import { whenIdle } from "@/app/_client/when-idle";
import { createDrawnParts } from "./drawn-parts";

/** How it stands with a part of a long page. `height` is what it had when it was taken off, in pixels. */
interface Drawn {
  isDrawn: boolean;
  height: number | null;
}

/**
 * Whether what is in `box`, an element with `content-visibility: auto`, is to be drawn: once it comes near the
 * view, and before that when the page is idle and short. Of a long page what is far from view goes again.
 * `isKept` is what is always there.
 */
export function useDrawn(box: RefObject<HTMLElement | null>, isKept: boolean): Drawn {
  const [drawn, setDrawn] = useState<Drawn>({ isDrawn: isKept, height: null });
  const wasReleased = useRef(false);
  const isDrawn = drawn.isDrawn || isKept;
  if (isKept && !drawn.isDrawn) setDrawn({ isDrawn: true, height: null });

  useEffect(() => {
    const element = box.current;
    if (isKept || !element) return;
    const draw = () => setDrawn({ isDrawn: true, height: null });
    // A browser that does not tell what comes near has all of it drawn, and keeps it.
    if (!(`on${nearEvent}` in element)) return isDrawn ? undefined : whenIdle(draw);
    if (!isDrawn) {
      // It may have come near before anybody listened.
      if (wasReleased.current && isShown(element)) return draw();
      const cancel = wasReleased.current ? undefined : whenIdle(() => drawnParts.hasRoom() && draw());
      const leave = onNear(element, draw);
      return () => {
        leave();
        cancel?.();
      };
    }
    const part = {
      size: countIn(element),
      isInUse: () => isInUse(element),
      release() {
        wasReleased.current = true;
        setDrawn({ isDrawn: false, height: element.getBoundingClientRect().height });
      },
    };
    const remove = drawnParts.add(part);
    const leave = onNear(element, () => drawnParts.touch(part));
    const changes = new MutationObserver(() => drawnParts.resize(part, countIn(element)));
    changes.observe(element, { childList: true, subtree: true });
    return () => {
      changes.disconnect();
      leave();
      remove();
    };
  }, [box, isKept, isDrawn]);

  return { isDrawn, height: drawn.height };
}

/** As many elements as a key in a field can be heard among within a few milliseconds. */
const drawnParts = createDrawnParts(12_000, (work) => setTimeout(work, restMs));

const restMs = 50;

/** Calls `near` when the element comes near the view. */
function onNear(element: Element, near: () => void): () => void {
  const listen = (event: Event) => {
    // Those of boxes within this one come here, too.
    if (event.target !== element) return;
    if (event instanceof ContentVisibilityAutoStateChangeEvent && !event.skipped) near();
  };
  element.addEventListener(nearEvent, listen);
  return () => element.removeEventListener(nearEvent, listen);
}

const nearEvent = "contentvisibilityautostatechange";

function countIn(element: Element): number {
  return element.getElementsByTagName("*").length;
}

function isInUse(element: Element): boolean {
  const selection = document.getSelection();
  return (
    element.contains(document.activeElement) ||
    (selection !== null && !selection.isCollapsed && selection.containsNode(element, true)) ||
    isShown(element)
  );
}

/** Whether the browser draws what is in it. */
function isShown(element: Element): boolean {
  return element.firstElementChild?.checkVisibility({ contentVisibilityAuto: true }) ?? false;
}
