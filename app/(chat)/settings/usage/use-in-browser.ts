import { useSyncExternalStore } from "react";

/** `false` while the server draws, and for the first drawing in the browser, which has to be the same. */
export function useInBrowser(): boolean {
  return useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  );
}
