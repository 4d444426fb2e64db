"use client";

import {
  type ComponentProps,
  type ReactNode,
  type RefObject,
  Suspense,
  startTransition,
  useRef,
  useState,
} from "react";

import { t } from "@/lib/i18n/translator";
import { showToast } from "./toasts";

/** What an opened menu needs of the button that opened it. */
export interface OpenMenu {
  anchor: RefObject<HTMLButtonElement | null>;
  close(): void;
}

interface MenuButtonProps extends Omit<ComponentProps<"button">, "onClick"> {
  /** Fetches the code of what opens, as soon as the person is near. */
  preload(): Promise<unknown>;
  renderMenu(menu: OpenMenu): ReactNode;
  popup?: "menu" | "dialog" | "listbox";
}

/** A button whose menu is fetched only when it is wanted, so that a page full of them starts small. */
export function MenuButton({ preload, renderMenu, popup = "menu", children, ...rest }: MenuButtonProps) {
  const anchor = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [isFetching, setFetching] = useState(false);

  async function open() {
    setFetching(true);
    try {
      await preload();
      // Not within the click: a menu that is there before the click is over takes it for one outside.
      startTransition(() => setOpen(true));
    } catch {
      showToast(t("connection.lost"));
    } finally {
      setFetching(false);
    }
  }

  function close() {
    setOpen(false);
    // At once: a dialog that the menu opens gives the focus back to where it was when it came.
    anchor.current?.focus();
  }

  return (
    <>
      <button
        type="button"
        {...rest}
        ref={anchor}
        aria-haspopup={popup}
        aria-expanded={isOpen}
        aria-busy={isFetching || undefined}
        onPointerEnter={() => preload().catch(waitForClick)}
        onFocus={() => preload().catch(waitForClick)}
        onClick={open}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
          event.preventDefault();
          void open();
        }}
      >
        {children}
      </button>
      {isOpen && <Suspense>{renderMenu({ anchor, close })}</Suspense>}
    </>
  );
}

/** What could not be fetched ahead is fetched again, and its failure told, when it is asked for. */
function waitForClick(): void {}
