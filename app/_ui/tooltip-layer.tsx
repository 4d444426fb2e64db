"use client";

import { useEffect, useRef } from "react";

/**
 * Shows the `data-tip` of whatever the pointer rests on or the keyboard reaches. One layer
 * serves the page, so that a button costs no listeners. The tip repeats the button's
 * accessible name, so it is hidden from screen readers.
 */
export function TooltipLayer() {
  const ref = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const tip = ref.current;
    if (!tip || typeof tip.showPopover !== "function") return;
    const controller = new AbortController();
    const { signal } = controller;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const hide = () => {
      clearTimeout(timer);
      if (tip.matches(":popover-open")) tip.hidePopover();
    };
    const showSoon = (target: EventTarget | null, delayMs: number) => {
      const element = target instanceof Element ? target.closest<HTMLElement>("[data-tip]") : null;
      hide();
      if (!element || element.ariaExpanded === "true") return;
      timer = setTimeout(() => show(tip, element), delayMs);
    };

    const onPointerOver = (event: PointerEvent) => {
      if (event.pointerType === "mouse") showSoon(event.target, hoverDelayMs);
    };
    const onFocusIn = (event: FocusEvent) => {
      const { target } = event;
      if (target instanceof Element && target.matches(":focus-visible")) showSoon(target, 0);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === "Escape") hide();
    };
    document.addEventListener("pointerover", onPointerOver, { signal });
    document.addEventListener("focusin", onFocusIn, { signal });
    document.addEventListener("pointerdown", hide, { signal });
    document.addEventListener("focusout", hide, { signal });
    document.addEventListener("keydown", onKeyDown, { signal });
    document.addEventListener("scroll", hide, { signal, capture: true, passive: true });
    return () => {
      controller.abort();
      hide();
    };
  }, []);

  return (
    <div
      ref={ref}
      popover="manual"
      aria-hidden
      className="pointer-events-none fixed inset-auto m-0 rounded-sm bg-ink px-2 py-1 text-xs text-paper"
    />
  );
}

const hoverDelayMs = 550;
const gap = 6;

function show(tip: HTMLElement, element: HTMLElement): void {
  if (!element.isConnected) return;
  tip.textContent = element.dataset.tip ?? "";
  tip.showPopover();
  const around = element.getBoundingClientRect();
  const { width, height } = tip.getBoundingClientRect();
  const fitsBelow = around.bottom + gap + height < window.innerHeight - gap;
  const left = around.left + around.width / 2 - width / 2;
  tip.style.left = `${Math.max(gap, Math.min(left, window.innerWidth - width - gap))}px`;
  tip.style.top = `${fitsBelow ? around.bottom + gap : around.top - gap - height}px`;
}
