import type { Presence } from "./presence";

/** The presence of something within the page, that is seen while it is shown in a page that is seen. */
export function createShownPresence(page: Presence): Presence & {
  isShown(): boolean;
  /** Gives the function that hides it; shown twice, it has to be hidden twice. */
  show(): () => void;
} {
  const listeners = new Set<() => void>();
  let shownBy = 0;

  function change(by: 1 | -1): void {
    shownBy += by;
    for (const listener of [...listeners]) listener();
  }

  return {
    isShown: () => shownBy > 0,
    isVisible: () => shownBy > 0 && page.isVisible(),
    isOnline: page.isOnline,
    show() {
      change(1);
      return () => change(-1);
    },
    subscribe(listener) {
      listeners.add(listener);
      const unsubscribe = page.subscribe(listener);
      return () => {
        listeners.delete(listener);
        unsubscribe();
      };
    },
  };
}
