"use client";

import { type ReactNode, useId, useRef } from "react";
import { classNames } from "./class-names";

interface DialogProps {
  title: string;
  /** Called on Escape and on a press outside. The opener unmounts the dialog then. */
  onClose(): void;
  children: ReactNode;
  /** A drawer comes in from the start edge, a palette hangs below the top, a picture fills the window; none shows its title. A sheet is a wide card. */
  shape?: "card" | "sheet" | "drawer" | "palette" | "picture";
}

/** The browser's own modal dialog: it holds the focus, hides the rest, and gives the focus back at the end. */
export function Dialog({ title, onClose, children, shape = "card" }: DialogProps) {
  const titleId = useId();
  const pressed = useRef<EventTarget | null>(null);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard closes it with Escape
    <dialog
      ref={openModal}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => {
        pressed.current = event.target;
      }}
      onClick={({ target, currentTarget }) => {
        // A text that is selected to beyond the edge ends in a click on the dialog, too.
        if (target === currentTarget && pressed.current === currentTarget) onClose();
      }}
      className={classNames("text-ink backdrop:bg-veil", shapes[shape])}
    >
      <div className={insides[shape]}>
        <h2
          id={titleId}
          className={
            shape === "card" || shape === "sheet" ? "text-lg font-semibold tracking-tight" : "sr-only"
          }
        >
          {title}
        </h2>
        {children}
      </div>
    </dialog>
  );
}

const insides = {
  card: "p-6",
  sheet: "p-6 [&>h2]:mb-4",
  drawer: "flex h-full flex-col",
  palette: "flex max-h-[inherit] flex-col",
  picture: "safe-area flex h-full flex-col gap-3",
};

const shapes = {
  card: "m-auto bg-raised w-[min(26rem,calc(100vw-2rem))] rounded-lg shadow-popover transition duration-150 starting:translate-y-2 starting:opacity-0",
  sheet:
    "m-auto bg-raised w-[min(44rem,calc(100vw-1.5rem))] rounded-lg shadow-popover transition duration-150 starting:translate-y-2 starting:opacity-0",
  drawer:
    "m-0 h-dvh touch-pan-y max-h-none w-[min(19rem,86vw)] max-w-none overflow-visible bg-sunken shadow-popover transition duration-200 ease-out starting:-translate-x-full [&_nav]:touch-pan-y rtl:starting:translate-x-full",
  palette:
    "mx-auto mt-[min(14dvh,8rem)] mb-auto max-h-[min(32rem,70dvh)] w-[min(38rem,calc(100vw-1.5rem))] overflow-hidden rounded-lg bg-raised shadow-popover transition duration-150 max-md:mt-[calc(0.75rem+env(safe-area-inset-top))] starting:-translate-y-2 starting:opacity-0",
  picture: "m-0 h-dvh max-h-none w-screen max-w-none bg-paper/90 transition duration-150 starting:opacity-0",
};

function openModal(dialog: HTMLDialogElement | null) {
  if (!dialog) return;
  dialog.showModal();
  // Closed while still in the page: only then does the browser return the focus.
  return () => dialog.close();
}
