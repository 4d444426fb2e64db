/** Whether this page is looked at and has a network, as far as the browser can tell. */
export interface Presence {
  isVisible(): boolean;
  /** A machine without a network still reaches a Parley of its own: a hint, never a reason not to try. */
  isOnline(): boolean;
  /** Calls `listener` after each change of either. Gives the function that ends it. */
  subscribe(listener: () => void): () => void;
}

export const pagePresence: Presence = {
  isVisible: () => document.visibilityState === "visible",
  isOnline: () => navigator.onLine,
  subscribe(listener) {
    document.addEventListener("visibilitychange", listener);
    window.addEventListener("online", listener);
    window.addEventListener("offline", listener);
    return () => {
      document.removeEventListener("visibilitychange", listener);
      window.removeEventListener("online", listener);
      window.removeEventListener("offline", listener);
    };
  },
};
