import type { BrowserContext, Page } from "@playwright/test";
import { chatPage } from "@/e2e/chat-page";
import { expect, test } from "@/e2e/fixtures";
import { lend } from "@/e2e/person";

test.beforeEach(async ({ page, person }) => {
  await lend(person, page.context());
});

test("the tabs of a browser share one stream of events, and hand it on", async ({ context, page }) => {
  const streams: string[] = [];
  context.on("request", (request) => {
    if (request.url().endsWith("/api/events")) streams.push(request.url());
  });
  await page.goto("/");
  const tab = await context.newPage();
  await tab.goto("/");
  await expect.poll(() => streams.length).toBe(1);
  await chatPage(page).askToTheEnd("Seen by both [[say=seen]]");
  await expect(chatPage(tab).chats.getByRole("link", { name: /Seen by both/ })).toBeVisible();

  await page.close();
  await expect.poll(() => streams.length).toBe(2);
});

test("a second device sees an answer begin, follows it, and sees it end", async ({
  app,
  browser,
  page,
  person,
}) => {
  const here = chatPage(page);
  await page.goto("/");
  await here.askToTheEnd("Begin [[say=begun]]");
  const device = await browser.newContext({ baseURL: app.url });
  await lend(person, device);
  const elsewhere = await device.newPage();
  await elsewhere.goto(page.url());
  const there = chatPage(elsewhere);
  await expect(there.answers).toHaveCount(1);

  await here.ask("Go on [[tokens=80 interval=40]]");
  await expect(there.answers).toHaveCount(2);
  await expect(there.stop).toBeVisible();
  await expect(there.chats.getByText("Answering:")).toBeAttached();
  await here.untilAnswered();
  await there.untilAnswered();
  expect(await there.answerText()).toBe(await here.answerText());
  await expect(there.chats.getByText("Answering:")).toBeHidden();
  await device.close();
});

test("with nine tabs that answer, Stop still answers at once", async ({ context, page }) => {
  test.slow();
  await pretendVisibility(context);
  const tabs = [page];
  while (tabs.length < 9) tabs.push(await context.newPage());
  for (const [index, tab] of tabs.entries()) {
    await tab.goto("/");
    await chatPage(tab).ask(`Tab ${index} [[tokens=1500 interval=100]]`);
    await expect(chatPage(tab).answers).toContainText("10.");
    if (index < tabs.length - 1) await look(tab, "hidden");
  }
  const last = chatPage(tabs.at(-1) ?? page);
  await last.stop.click();
  await expect(last.answers.getByText("Stopped")).toBeVisible({ timeout: 2000 });

  await look(page, "visible");
  await expect(chatPage(page).answers).toContainText("50.");
});

/** A headless browser shows all of its tabs at once. */
async function pretendVisibility(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    let state = "visible";
    Object.defineProperty(document, "visibilityState", { get: () => state });
    document.addEventListener("pretend", (event) => {
      if (event instanceof CustomEvent) state = event.detail;
      document.dispatchEvent(new Event("visibilitychange"));
    });
  });
}

async function look(tab: Page, state: "visible" | "hidden"): Promise<void> {
  await tab.evaluate((detail) => document.dispatchEvent(new CustomEvent("pretend", { detail })), state);
}
