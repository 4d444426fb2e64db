"use client";

import { type ReactNode, type TouchEvent, useRef } from "react";

interface SwipeAreaProps {
  /** The edge that the finger moves to. */
  to: "start" | "end";
  onSwipe(): void;
  children: ReactNode;
}

/** Hears a swipe over its content, beside what scrolls sideways itself. It has no box of its own. */
export function SwipeArea({ to, onSwipe, children }: SwipeAreaProps) {
  const began = useRef<{ x: number; y: number; at: number } | null>(null);

  function onTouchStart({ touches, target, timeStamp }: TouchEvent) {
    const touch = touches[0];
    const isAlone = touches.length === 1 && touch && !isAtEdge(touch.clientX) && !isScrolledSideways(target);
    began.current = isAlone ? { x: touch.clientX, y: touch.clientY, at: timeStamp } : null;
  }

  function onTouchEnd({ changedTouches, timeStamp }: TouchEvent) {
    const touch = changedTouches[0];
    const { current: start } = began;
    began.current = null;
    if (!touch || !start || timeStamp - start.at > swipeMsMax) return;
    const isBackwards = getComputedStyle(document.documentElement).direction === "rtl";
    const across = (touch.clientX - start.x) * (isBackwards ? -1 : 1) * (to === "end" ? 1 : -1);
    const isLevel = Math.abs(touch.clientY - start.y) < across / 2;
    if (across > swipePxMin && isLevel && getSelection()?.isCollapsed !== false) onSwipe();
  }

  return (
    <div className="contents" onTouchStart={onTouchStart} onTouchEnd={onTouchEnd}>
      {children}
    </div>
  );
}

const swipePxMin = 70;
const swipeMsMax = 600;

/** There a swipe is the system's, which goes back and forth. */
function isAtEdge(x: number): boolean {
  return x < edgePx || x > window.innerWidth - edgePx;
}

const edgePx = 20;

function isScrolledSideways(target: EventTarget): boolean {
  let element = target instanceof Element ? target : null;
  while (element) {
    const isWider = element.scrollWidth > element.clientWidth + 1;
    if (isWider && /auto|scroll/.test(getComputedStyle(element).overflowX)) return true;
    element = element.parentElement;
  }
  return false;
}
