/**
 * A ref for what goes away when it is used, a button that has been pressed for one: where it had the focus,
 * `onward` gives that to what comes next. Otherwise a keyboard would begin again at the top of the page.
 */
export function handOnFocus(onward: () => void) {
  return (element: HTMLElement | null) => () => {
    if (!element?.contains(document.activeElement)) return;
    // What comes in its place may take the focus itself.
    queueMicrotask(() => {
      if (document.activeElement === document.body) onward();
    });
  };
}
