"use client";

import { X } from "lucide-react";
import { useSyncExternalStore } from "react";
import { Button } from "./button";
import { handOnFocus } from "./hand-on-focus";
import { IconButton } from "./icon-button";

interface Toast {
  id: number;
  text: string;
  action?: { label: string; run(): void };
}

/** Tells something in passing, with one way to take it back. */
export function showToast(text: string, action?: Toast["action"]): void {
  const id = nextId;
  nextId += 1;
  replaceAll([...toasts.slice(-2), { id, text, action }]);
  startTimer();
}

export function Toasts({ dismissLabel }: { dismissLabel: string }) {
  const shown = useSyncExternalStore(
    subscribe,
    () => toasts,
    () => none,
  );
  return (
    <output
      aria-live="polite"
      onPointerEnter={stopTimer}
      onPointerLeave={startTimer}
      onFocus={({ currentTarget, relatedTarget }) => {
        stopTimer();
        if (relatedTarget instanceof HTMLElement && !currentTarget.contains(relatedTarget))
          left = relatedTarget;
      }}
      onBlur={({ currentTarget, relatedTarget }) => {
        startTimer();
        if (relatedTarget && !currentTarget.contains(relatedTarget)) left = null;
      }}
      className="pointer-events-none absolute inset-x-4 bottom-[calc(6.5rem+env(safe-area-inset-bottom))] z-20 mx-auto flex max-w-96 flex-col items-center gap-2"
    >
      {shown.map((toast) => (
        <div
          key={toast.id}
          ref={focusToWhereItWas}
          className="pointer-events-auto flex max-w-full animate-appear items-center gap-1 rounded-lg bg-ink py-1.5 pr-1.5 pl-4 text-sm text-paper shadow-popover"
        >
          <span className="line-clamp-6 min-w-0 py-1 text-pretty [overflow-wrap:anywhere]">{toast.text}</span>
          {toast.action && (
            <Button
              look="inverse"
              size="small"
              onClick={() => {
                toast.action?.run();
                dismiss(toast.id);
              }}
            >
              {toast.action.label}
            </Button>
          )}
          <IconButton
            icon={X}
            label={dismissLabel}
            look="inverse"
            size="small"
            onClick={() => dismiss(toast.id)}
          />
        </div>
      ))}
    </output>
  );
}

/** Time to read the sentence and to reach the button, by keyboard too. */
const shownMs = 10_000;
const none: Toast[] = [];

/** What had the focus before a toast. */
let left: HTMLElement | null = null;
const focusToWhereItWas = handOnFocus(() => {
  // In a field it would open the keyboard of the screen.
  const opensKeyboard = window.matchMedia("(pointer: coarse)").matches && left?.matches("input, textarea");
  if (left?.isConnected && !opensKeyboard) left.focus({ preventScroll: true });
  left = null;
});

let toasts: Toast[] = none;
let nextId = 1;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

function replaceAll(next: Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

function dismiss(id: number): void {
  replaceAll(toasts.filter((toast) => toast.id !== id));
}

function startTimer(): void {
  stopTimer();
  timer = setTimeout(() => replaceAll(none), shownMs);
}

function stopTimer(): void {
  clearTimeout(timer);
}
