/**
 * A ref for what goes away when it is used, a button that has been pressed for one: where it had the focus,
 * `onward` gives that to what comes next, and is told what it stood in. Otherwise a keyboard would begin again at the top of the page.
 */
export function handOnFocus(onward: (place: Element) => void) {
  return (element: HTMLElement | null) => () => {
    const place = element?.parentElement;
    if (!place || !element.contains(document.activeElement)) return;
    // What comes in its place may take the focus itself.
    queueMicrotask(() => {
      if (document.activeElement === document.body) onward(place);
    });
  };
}

/** For what has nothing beside it that the focus could go to. */
export const focusToPage = handOnFocus(() => document.getElementById("main")?.focus({ preventScroll: true }));
