import type { Page } from "@playwright/test";
import { answerTo, ask } from "@/e2e/ask";
import { expectNoBarriers } from "@/e2e/barriers";
import { chatPage, words } from "@/e2e/chat-page";
import { expect, test } from "@/e2e/fixtures";
import { lend, signUp } from "@/e2e/person";
import { readStream } from "@/e2e/read-stream";
import { fieldsThatZoom } from "@/e2e/touch-targets";

test("on a phone the chats are in a drawer, which closes when one is chosen", async ({ page, person }) => {
  const chat = chatPage(page);
  const asked = await ask(person, "Found on the phone");
  await readStream(asked.response);
  await lend(person, page.context());
  await page.goto("/");
  await expect(chat.chats).toBeHidden();
  await page.getByRole("button", { name: "Open side bar" }).tap();
  const drawer = page.getByRole("dialog", { name: "Side bar" });
  await expectToFit(page);
  await drawer.getByRole("link", { name: "Found on the phone", exact: true }).tap();

  await expect(drawer).toBeHidden();
  await expect(page).toHaveURL(`/chat/${asked.chatId}`);
  await expect(chat.questions).toHaveText(/Found on the phone/);
  await page.getByRole("button", { name: "Open side bar" }).tap();
  await page.getByRole("button", { name: "Close side bar" }).tap();
  await expect(drawer).toBeHidden();
});

test("on a phone a question is sent by its button, and wide content scrolls in itself", async ({
  page,
  person,
}) => {
  const chat = chatPage(page);
  await lend(person, page.context());
  await page.goto("/");
  await expectToFit(page);
  await chat.question.fill("Two lines");
  await chat.question.press("Enter");
  await expect(chat.questions).toHaveCount(0);
  await chat.question.fill("Show all [[text=markdown interval=1]]");
  await chat.send.tap();
  await chat.untilAnswered();
  await expect(chat.answers.getByRole("columnheader", { name: "Context" })).toBeVisible();
  await expectToFit(page);
});

test("on a phone an answer is stopped, and a reload goes on with another", async ({ page, person }) => {
  const chat = chatPage(page);
  await lend(person, page.context());
  await page.goto("/");
  await chat.ask("Long [[tokens=2000 interval=20]]");
  await expect(chat.answers).toContainText("10.");
  await chat.stop.tap();
  await expect(chat.answers.getByText("Stopped")).toBeVisible();
  await chat.ask("Shorter [[tokens=100 interval=20]]");
  await expect(chat.answers).toHaveCount(2);
  await expect(chat.answers.last()).toContainText("20.");
  await page.reload();
  await expect(chat.answers.last()).toContainText("100.");
  await chat.untilAnswered();
  expect(await chat.answerText()).toBe(words(answerTo("[[tokens=100]]")));
});

test("on a phone a guest comes in", async ({ page }) => {
  await page.goto("/");
  await expectToFit(page);
  await page.getByRole("button", { name: "Continue as a guest" }).tap();
  await expect(chatPage(page).question).toBeVisible();
});

test("on a phone nothing keeps people out", async ({ page, person }) => {
  await lend(person, page.context());
  await page.goto("/");
  await chatPage(page).askToTheEnd("Show [[text=markdown]]");
  await expectNoBarriers(page, "a chat");
  await page.getByRole("button", { name: "Open side bar" }).tap();
  await expect(page.getByRole("dialog", { name: "Side bar" })).toBeVisible();
  await expectNoBarriers(page, "the drawer");
});

test("on a phone every section of the settings fits, and its parts are large enough to touch", async ({
  app,
  page,
}) => {
  await lend(await signUp(app.url), page.context());
  await page.goto("/");
  await page.getByRole("button", { name: "Open side bar" }).tap();
  await chatPage(page).account.tap();
  await page.getByRole("menuitem", { name: "Settings" }).tap();
  const nav = page.getByRole("navigation", { name: "Settings" });
  for (const name of ["Account", "Appearance", "Chats", "Shortcuts", "Data"]) {
    await nav.getByRole("link", { name }).tap();
    await expect(page.getByRole("heading", { level: 2, name })).toBeVisible();
    await expectToFit(page);
    const cutOff = await page
      .getByRole("main")
      .locator("*:visible")
      .evaluateAll((parts) =>
        parts
          .filter((part) => !part.closest("nav, .sr-only") && part.getBoundingClientRect().right > innerWidth)
          .map((part) => part.outerHTML),
      );
    expect(cutOff, name).toEqual([]);
    await expectNoBarriers(page, `${name} on a phone`);
    const heights = await page
      .getByRole("main")
      .locator("a:visible, button:visible, label:has(input):visible, select:visible")
      .evaluateAll((parts) => parts.map((part) => Math.round(part.getBoundingClientRect().height)));
    expect(Math.min(...heights), name).toBeGreaterThanOrEqual(44);
  }
  await page.getByRole("link", { name: "Close settings" }).tap();
  await expect(chatPage(page).question).toBeVisible();
});

test("on a phone a swipe opens the side bar and another one closes it, but not over what scrolls itself", async ({
  page,
  person,
}) => {
  await lend(person, page.context());
  await page.goto("/");
  await chatPage(page).askToTheEnd(`Show [[say='\`\`\`\n${"a_long_line_".repeat(30)}\n\`\`\`']]`);
  const drawer = page.getByRole("dialog", { name: "Side bar" });
  const code = page.getByRole("figure").locator("pre");
  await expect.poll(() => code.evaluate((pre) => pre.scrollWidth - pre.clientWidth)).toBeGreaterThan(1);
  await code.scrollIntoViewIfNeeded();
  await code.evaluate((pre) => pre.scrollTo({ left: pre.scrollWidth }));
  const box = await code.boundingBox();
  await swipe(page, { x: 60, y: (box?.y ?? 0) + 20 }, { x: 300, y: (box?.y ?? 0) + 20 });
  await expect(drawer).toBeHidden();
  await swipe(page, { x: 60, y: 150 }, { x: 300, y: 160 });
  // It comes in from the edge.
  await expect.poll(async () => (await drawer.boundingBox())?.x).toBe(0);
  await swipe(page, { x: 250, y: 400 }, { x: 40, y: 410 });
  await expect(drawer).toBeHidden();
});

test("on a phone whatever is touched is large enough", async ({ page, person }) => {
  await lend(person, page.context());
  await page.goto("/");
  await chatPage(page).askToTheEnd("Two words [[tokens=2]]");
  expect(await tooSmall(page)).toEqual([]);
  await page.getByRole("button", { name: "Open side bar" }).tap();
  await expect(page.getByRole("dialog", { name: "Side bar" })).toBeVisible();
  expect(await tooSmall(page)).toEqual([]);
});

test("on a tablet, wide as it is, no field makes the page zoom", async ({ page, person }) => {
  await lend(person, page.context());
  await page.setViewportSize({ width: 1024, height: 768 });
  await page.goto("/");
  await page.getByRole("button", { name: /^Model: / }).tap();
  await expect(page.getByRole("listbox").getByRole("option").first()).toBeVisible();
  expect(await fieldsThatZoom(page)).toEqual([]);
});

test("on a phone a keyboard that lies over the page does not cover the composer", async ({
  page,
  person,
}) => {
  const chat = chatPage(page);
  await lend(person, page.context());
  await page.addInitScript(() => {
    // As on an iPhone: what is visible shrinks, the window does not.
    const visible = Object.assign(new EventTarget(), { scale: 1, height: window.innerHeight });
    Object.defineProperty(window, "visualViewport", { value: visible });
    Object.assign(window, {
      openKeyboard(height: number) {
        visible.height = window.innerHeight - height;
        visible.dispatchEvent(new Event("resize"));
      },
    });
  });
  await page.goto("/");
  await chat.askToTheEnd("A long one [[tokens=400]]");
  const keyboard = (height: number) => page.evaluate(`openKeyboard(${height})`);
  const bottom = () => chat.question.evaluate((field) => field.getBoundingClientRect().bottom);
  await keyboard(340);
  await expect.poll(bottom).toBeLessThan(844 - 340);
  await expect(chat.answers.getByText("400.")).toBeInViewport();
  await keyboard(0);
  await expect.poll(bottom).toBeGreaterThan(844 - 200);
});

async function expectToFit(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
}

interface Point {
  x: number;
  y: number;
}

async function swipe(page: Page, from: Point, to: Point): Promise<void> {
  const touch = await page.context().newCDPSession(page);
  const between = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [from] });
  for (const point of [between, to]) {
    await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: [point] });
  }
  await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}

/** Names what can be touched and is less than 44 pixels in one direction; links within a text excepted. */
async function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const scope = document.querySelector("dialog[open]") ?? document;
    return [...scope.querySelectorAll<HTMLElement>("button, a[href], summary, select")]
      .filter(
        (element) => element.checkVisibility({ opacityProperty: true }) && !element.closest(".markdown p"),
      )
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && box.bottom > 0 && Math.min(box.width, box.height) < 43.5)
      .map(({ element, box }) => `${element.ariaLabel ?? element.textContent}: ${box.width} × ${box.height}`);
  });
}
