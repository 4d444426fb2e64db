import { gzipSync } from "node:zlib";
import type { Page, Request } from "@playwright/test";
import { ask } from "@/e2e/ask";
import { chatPage } from "@/e2e/chat-page";
import { expect, test } from "@/e2e/fixtures";
import { lend } from "@/e2e/person";
import { readStream } from "@/e2e/read-stream";

test.beforeEach(async ({ page, person }) => {
  await lend(person, page.context());
});

test("the empty page and a chat with answers load at most 250 kB of compressed scripts", async ({
  page,
  person,
}, testInfo) => {
  const scripts = scriptsOf(page);
  const empty = await scripts.loadedBy(() => page.goto("/"));

  const { response, chatId } = await ask(person, "Tell me more [[text=answer]]");
  await readStream(response);
  const answered = await scripts.loadedBy(async () => {
    await page.goto(`/chat/${chatId}`);
    await expect(chatPage(page).answers.locator(".markdown > *").first()).toBeVisible();
  });

  for (const [name, loaded] of Object.entries({ empty, answered })) {
    await testInfo.attach(name, { body: JSON.stringify(loaded, null, 2), contentType: "application/json" });
    console.log(`first load, ${name}: ${(total(loaded) / 1000).toFixed(1)} kB in ${loaded.length} scripts`);
  }
  expect(total(empty)).toBeLessThanOrEqual(250_000);
  expect(total(answered)).toBeLessThanOrEqual(250_000);
});

interface Script {
  path: string;
  gzipBytes: number;
}

/** Collects what the page fetches as a script, by itself: a preload counts, and so does what comes in idle time. */
function scriptsOf(page: Page) {
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

async function toScript(request: Request): Promise<Script> {
  const body = await (await request.response())?.body();
  return { path: new URL(request.url()).pathname, gzipBytes: gzipSync(body ?? "").length };
}

function total(scripts: Script[]): number {
  return scripts.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0);
}
