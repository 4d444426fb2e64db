import { gzipSync } from "node:zlib";
import type { Page, Request } from "@playwright/test";

/** Collects what the page fetches as a script, by itself: a preload counts, and so does what comes in idle time. */
export function scriptsOf(page: Page) {
  const requests: Request[] = [];
  page.on("request", (request) => {
    if (request.resourceType() === "script") requests.push(request);
  });
  return {
    async loadedBy(open: () => Promise<unknown>): Promise<Script[]> {
      requests.length = 0;
      // Asked for by the first effect: the page is alive then, and what it still wants it asks for at once.
      const events = page.waitForRequest((request) => request.url().endsWith("/api/events"));
      await open();
      await events;
      for (let known = -1; known < requests.length; ) {
        known = requests.length;
        await Promise.all(requests.map((request) => request.response()));
        await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
      }
      const scripts = await Promise.all(requests.map(toScript));
      return scripts.sort((a, b) => b.gzipBytes - a.gzipBytes);
    },
  };
}

export interface Script {
  path: string;
  gzipBytes: number;
}

async function toScript(request: Request): Promise<Script> {
  const body = await (await request.response())?.body();
  return { path: new URL(request.url()).pathname, gzipBytes: gzipSync(body ?? "").length };
}

export function gzipBytes(scripts: readonly Script[]): number {
  return scripts.reduce((sum, script) => sum + script.gzipBytes, 0);
}
