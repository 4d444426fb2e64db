import type { Page } from "@playwright/test";
import { answerTo, ask } from "@/e2e/ask";
import { chatPage } from "@/e2e/chat-page";
import { expect, test } from "@/e2e/fixtures";
import { lengthenChat } from "@/e2e/long-chat";
import { lend, signInAsGuest } from "@/e2e/person";
import { readStream } from "@/e2e/read-stream";

test("an answer that grows is drawn again in its last block only, and nothing before it is touched", async ({
  page,
  person,
}) => {
  await lend(person, page.context());
  const chat = chatPage(page);
  await page.goto("/");
  await chat.askToTheEnd("The one before [[text=answer]]");
  await chat.ask("A long one [[tokens=5000 interval=1]]");
  await page.locator("article[aria-busy=true] .markdown p").first().waitFor();
  await watchChanges(page);
  await chat.untilAnswered();

  const { groups, blocksFromEnd, blocksRemoved, elsewhere } = await page.evaluate(() => window.changes());
  expect(groups).toBeGreaterThan(6);
  expect(blocksFromEnd.length).toBeGreaterThan(10);
  expect(Math.max(...blocksFromEnd)).toBe(0);
  expect(blocksRemoved).toBe(0);
  expect(elsewhere).toEqual([]);
});

test("of two thousand messages a chat opens with the newest hundred, and lays out no others that are far away", async ({
  page,
  ownApp,
}) => {
  const person = await signInAsGuest(ownApp.url);
  await lend(person, page.context());
  const { chatId, response } = await ask(person, "The first");
  await readStream(response);
  await lengthenChat(ownApp, chatId, { messages: 2000, answers: ["A word.", "Another word."] });
  await page.goto(`${ownApp.url}/chat/${chatId}`);
  const articles = page.locator("main article");
  await expect(articles).toHaveCount(100);
  await expect(articles.last()).toBeInViewport();

  const earlier = page.getByRole("button", { name: "Show earlier messages" });
  for (let count = 300; count <= 700; count += 200) {
    await earlier.click();
    await expect(articles).toHaveCount(count);
  }
  const laidOut = () =>
    articles.evaluateAll(
      (all) => all.filter((each) => each.checkVisibility({ contentVisibilityAuto: true })).length,
    );
  await expect.poll(laidOut).toBeLessThan(100);
  await page.getByRole("button", { name: "Jump to latest" }).click();
  await expect(articles.last()).toBeInViewport();
});

test("what is far away in an answer of a megabyte is drawn when the reader comes there", async ({
  page,
  person,
}) => {
  await lend(person, page.context());
  const chat = chatPage(page);
  const { chatId, response } = await ask(person, "Very long [[text=markdown tokens=180000]]");
  await readStream(response);
  await page.goto(`/chat/${chatId}`);
  const conversation = page.getByRole("region", { name: "Conversation" });
  const groups = chat.answers.last().locator(".markdown > div");
  await expect.poll(() => groups.count(), { timeout: 30_000 }).toBeGreaterThan(300);
  await conversation.evaluate((view) => view.scrollTo(0, view.scrollHeight / 2));
  await expect
    .poll(() =>
      groups.evaluateAll((all) => {
        const middle = window.innerHeight / 2;
        const there = all.find((group) => group.getBoundingClientRect().bottom > middle);
        return there !== undefined && there.querySelector("[data-stand-in]") === null;
      }),
    )
    .toBe(true);
  // What is drawn now is not news.
  await expect(page.getByRole("button", { name: "Jump to latest", exact: true })).toBeVisible();
});

test("who reads all of a megabyte keeps a page of few elements, and all of the text in it", async ({
  page,
  person,
}) => {
  await lend(person, page.context());
  const chat = chatPage(page);
  const { chatId, response } = await ask(person, "Very long [[text=markdown tokens=180000]]");
  await readStream(response);
  await page.goto(`/chat/${chatId}`);
  const groups = chat.answers.last().locator(".markdown > div");
  await expect.poll(() => groups.count(), { timeout: 30_000 }).toBeGreaterThan(300);
  await readThrough(page);
  // All of it is 300,000.
  await expect.poll(() => countElements(page), { timeout: 30_000 }).toBeLessThan(20_000);
  await expect(groups.first()).toBeInViewport();
  // A megabyte, its marks and addresses aside.
  expect(await chat.answers.last().evaluate((answer) => answer.textContent.length)).toBeGreaterThan(800_000);
  const far = groups.nth(150).locator("[data-stand-in]");
  await expect(far).toHaveCount(1);
  await groups.nth(150).scrollIntoViewIfNeeded();
  await expect(far).toHaveCount(0);
  await expect(groups.nth(150).locator("p").first()).toBeAttached();
});

test("of a long chat that is read to its beginning the answers far away are their text alone", async ({
  page,
  ownApp,
}) => {
  const person = await signInAsGuest(ownApp.url);
  await lend(person, page.context());
  const { chatId, response } = await ask(person, "The first");
  await readStream(response);
  await lengthenChat(ownApp, chatId, { messages: 700, answers: [answerTo("[[text=markdown tokens=400]]")] });
  await page.goto(`${ownApp.url}/chat/${chatId}`);
  const articles = page.locator("main article");
  const conversation = page.getByRole("region", { name: "Conversation" });
  await expect(conversation).toHaveCSS("flex-direction", "column");
  const earlier = page.getByRole("button", { name: "Show earlier messages" });
  for (let count = 300; count <= 700; count += 200) {
    await earlier.click();
    await expect(articles).toHaveCount(count, { timeout: 30_000 });
  }
  await readThrough(page);
  await expect.poll(() => countElements(page), { timeout: 30_000 }).toBeLessThan(60_000);
  const farAway = articles.locator(".markdown > [data-stand-in]");
  await expect.poll(() => farAway.count()).toBeGreaterThan(100);
  await expect(farAway.first()).toContainText(
    "A paragraph with strong, emphasised, struck and inline code, a link,",
  );
  await expect(articles.nth(1)).toBeInViewport();
  await expect(articles.nth(1).locator("[data-stand-in]")).toHaveCount(0);
});

test("no rule has all of a text styled anew for one more of its boxes", async ({ page, person }) => {
  await lend(person, page.context());
  const { chatId, response } = await ask(person, "[[text=markdown]]");
  await readStream(response);
  await page.goto(`/chat/${chatId}`);
  await expect(page.locator(".markdown pre").first()).toBeVisible();
  const selectors = await page.evaluate(() => {
    const within = (rules: CSSRuleList): string[] =>
      Array.from(rules).flatMap((rule) => [
        ...(rule instanceof CSSStyleRule ? [rule.selectorText] : []),
        ...("cssRules" in rule && rule.cssRules instanceof CSSRuleList ? within(rule.cssRules) : []),
      ]);
    return Array.from(document.styleSheets).flatMap(({ cssRules }) => within(cssRules));
  });
  expect(selectors.length).toBeGreaterThan(500);
  // What follows whatever comes before it: there is no telling what, but by looking at everything.
  expect(selectors.filter((selector) => /[+~]\s*(?:\*|:(?!is\b))/.test(selector))).toEqual([]);
});

/** From the end to the beginning, some screens at a time. */
async function readThrough(page: Page): Promise<void> {
  await page.getByRole("region", { name: "Conversation" }).evaluate(async (view) => {
    while (view.scrollTop > 0) {
      view.scrollTop -= view.clientHeight * 3;
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    }
  });
}

function countElements(page: Page): Promise<number> {
  return page.evaluate(() => document.getElementsByTagName("*").length);
}

interface Changes {
  groups: number;
  /** Of each change within a block of the newest answer, how many blocks had come after that one by then. */
  blocksFromEnd: number[];
  blocksRemoved: number;
  /** Changes in other messages. */
  elsewhere: string[];
}

declare global {
  interface Window {
    changes(): Changes;
  }
}

/** Notes from now on what is changed in the conversation. */
async function watchChanges(page: Page): Promise<void> {
  await page.evaluate(() => {
    const growing = document.querySelector("main article[aria-busy=true]");
    const markdown = growing?.querySelector(".markdown");
    const conversation = document.querySelector("[data-scroller]");
    if (!growing || !markdown || !conversation) throw new Error("nothing grows");
    const blocksFromEnd: number[] = [];
    const elsewhere: string[] = [];
    let blocksRemoved = 0;
    const blocksOf = () => Array.from(markdown.querySelectorAll(":scope > div > *"));
    let known = blocksOf().length;
    new MutationObserver((records) => {
      const blocks = blocksOf();
      for (const { target, type, removedNodes } of records) {
        if (target.parentNode === markdown) blocksRemoved += removedNodes.length;
        const at = blocks.findIndex((block) => block.contains(target));
        if (at !== -1) blocksFromEnd.push(Math.max(0, known - 1 - at));
        else if (
          target instanceof Element &&
          target.closest("article") !== growing &&
          target.closest("article")
        )
          elsewhere.push(`${type} in ${target.tagName}`);
      }
      known = blocks.length;
    }).observe(conversation, { characterData: true, childList: true, subtree: true });
    window.changes = () => ({ groups: markdown.children.length, blocksFromEnd, blocksRemoved, elsewhere });
  });
}
