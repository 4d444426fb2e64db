import type { CDPSession, Page } from "@playwright/test";

/** How long keys took to be painted, those from 16 ms on, as the page notices it itself. */
export interface Watched {
  keysMs: number[];
}

declare global {
  interface Window {
    watched: Watched;
    /** When what `isThere` has been painted, on the clock of `performance.now()`. Rejects where that takes minutes. */
    paintedOnce(isThere: () => boolean): Promise<number>;
  }
}

/** Before the page is opened. */
export async function installWatch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const watched: Watched = { keysMs: [] };
    window.watched = watched;
    window.paintedOnce = (isThere) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(reject, 180_000, new Error(`never there: ${isThere}`));
        const look = () => {
          if (!isThere()) return;
          observer.disconnect();
          clearTimeout(timer);
          // What is posted within a frame comes after it.
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve(performance.now());
            port2.postMessage(null);
          });
        };
        const observer = new MutationObserver(look);
        observer.observe(document, { attributes: true, characterData: true, childList: true, subtree: true });
        look();
      });
    const keys: PerformanceObserverInit & { durationThreshold: number } = {
      type: "event",
      durationThreshold: 16,
    };
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries()) {
        if (name === "keydown") watched.keysMs.push(duration);
      }
    }).observe(keys);
  });
}

/** What was noticed since the last time, or since the page was opened. */
export function readKeys(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    // Entries are handed over in idle moments.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const { keysMs } = window.watched;
    window.watched.keysMs = [];
    return keysMs;
  });
}

/** Milliseconds of work on the page's main thread so far. */
export async function mainThreadMs(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send("Performance.getMetrics");
  return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
}
