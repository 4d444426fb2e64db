import type { Page } from "@playwright/test";
import { ask } from "@/e2e/ask";
import { chatPage } from "@/e2e/chat-page";
import { expect, test } from "@/e2e/fixtures";
import { lend, type Person } from "@/e2e/person";
import { readStream } from "@/e2e/read-stream";
import { createId } from "@/lib/chats/id";

test.beforeEach(async ({ page, person }) => {
  await lend(person, page.context());
});

test("what is being read stays where it is when something above it changes its height", {
  tag: "@phone",
}, async ({ page, person }) => {
  const chatId = await longChat(person);
  await page.goto(`/chat/${chatId}`);
  await lookBack(page, 1200);
  const before = await readLine(page);
  await page.evaluate(() => {
    const picture = document.createElement("div");
    picture.style.height = "700px";
    document.querySelector("article")?.append(picture);
  });
  await expect.poll(async () => Math.abs((await topOf(page, before.id)) - before.top)).toBeLessThan(2);
  await page.setViewportSize({ width: page.viewportSize()?.width ?? 0, height: 500 });
  await expect.poll(async () => Math.abs((await topOf(page, before.id)) - before.top)).toBeLessThan(2);
});

test("the composer grows without hiding the end, and without moving who reads elsewhere", async ({
  page,
  person,
}) => {
  const chat = chatPage(page);
  await page.goto(`/chat/${await longChat(person)}`);
  await expect(chat.answers.last()).toBeVisible();
  await chat.question.fill("Line\n".repeat(20));
  await expect.poll(() => leftBelow(page)).toBeLessThan(2);
  await chat.question.fill("");
  await lookBack(page, 800);
  const before = await readLine(page);
  await chat.question.fill("Line\n".repeat(20));
  await expect.poll(async () => Math.abs((await topOf(page, before.id)) - before.top)).toBeLessThan(2);
});

test("a small step up is enough to be left alone, and going down to the end follows again", {
  tag: "@phone",
}, async ({ page }) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.ask("A long one [[tokens=3000 interval=10]]");
  await expect(chat.answers).toContainText("600.");
  await lookBack(page, 30);
  const top = await scrollTop(page);
  const jump = page.getByRole("button", { name: "Jump to latest" });
  await expect(jump).toContainText(/\d+ new lines/);
  expect(await scrollTop(page)).toBe(top);
  await scroll(page, -5000);
  await expect(jump).toBeHidden();
  const words = (await chat.answerText()).length;
  await expect.poll(async () => (await chat.answerText()).length).toBeGreaterThan(words + 200);
  await expect.poll(() => leftBelow(page)).toBeLessThan(60);
  await chat.stop.click();
});

test("a question asked on another device moves nobody who reads above, and is counted", async ({
  page,
  person,
}) => {
  const chatId = await longChat(person);
  await page.goto(`/chat/${chatId}`);
  await lookBack(page, 1200);
  const before = await readLine(page);
  await readStream((await ask(person, "From the phone [[tokens=5]]", { chatId })).response);
  const jump = page.getByRole("button", { name: "Jump to latest" });
  await expect(jump).toContainText("2 new messages");
  expect(Math.abs((await topOf(page, before.id)) - before.top)).toBeLessThan(2);
  await jump.click();
  await expect(jump).toBeHidden();
  await expect(chatPage(page).questions.last()).toBeInViewport();
});

test("a chat that somebody comes back to from another one opens where it was left", {
  tag: "@phone",
}, async ({ page, person }) => {
  const [first, second] = [await longChat(person), await longChat(person)];
  await page.goto(`/chat/${first}`);
  await lookBack(page, 1200);
  const left = await readLine(page);
  await chatPage(page).openSideBar();
  await chatPage(page).chats.locator(`a[href="/chat/${second}"]`).click();
  await expect(page).toHaveURL(`/chat/${second}`);
  await expect.poll(() => leftBelow(page)).toBeLessThan(2);
  await page.goBack();
  await expect(page).toHaveURL(`/chat/${first}`);
  await expect.poll(async () => Math.abs((await topOf(page, left.id)) - left.top)).toBeLessThan(3);
});

// Not on a phone: a page that goes loses what makes the browser one, and is laid out for a mouse when it notes its place.
test("a chat that is loaded again opens where it was left", async ({ page, person }) => {
  await page.goto(`/chat/${await longChat(person)}`);
  await lookBack(page, 1200);
  const left = await readLine(page);
  await page.reload();
  await expect.poll(async () => Math.abs((await topOf(page, left.id)) - left.top)).toBeLessThan(3);
});

test("a chat that was left far above its end opens there after a reload, and shows nothing else before", async ({
  page,
  person,
}) => {
  test.slow();
  const chatId = await veryLongChat(person);
  await page.goto(`/chat/${chatId}`);
  await page.getByRole("button", { name: "Show earlier messages" }).click();
  const far = conversation(page).getByRole("article").filter({ hasText: "Question 9 " }).first();
  await far.scrollIntoViewIfNeeded();
  await lookBack(page, 40);
  const left = await readLine(page);
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    const look = () => {
      requestAnimationFrame(look);
      const view = document.querySelector("[data-scroller]");
      const content = view?.firstElementChild;
      if (!view || !content || getComputedStyle(content).visibility !== "visible") return;
      const top = view.getBoundingClientRect().top;
      const first = [...view.querySelectorAll("article")].find(
        (article) => article.getBoundingClientRect().bottom > top,
      );
      seen.push(first?.dataset.message ?? "");
    };
    look();
  });
  await page.reload();
  await expect.poll(async () => Math.abs((await topOf(page, left.id)) - left.top)).toBeLessThan(3);
  await expect(page.getByRole("status", { name: "Connection" })).toHaveText("Live");
  expect(new Set(await page.evaluate<string[]>("window.seen")).size, "messages seen at the upper edge").toBe(
    1,
  );
  await lookBack(page, 400);
  await expect(page.getByRole("button", { name: "Jump to latest" })).toBeVisible();
});

test("a chat whose place cannot be fetched, or is gone, opens at its end", async ({
  context,
  page,
  person,
}) => {
  test.slow();
  const chatId = await veryLongChat(person);
  await page.addInitScript(
    (id) => localStorage.setItem("parley.places", JSON.stringify({ [id]: { messageId: "gone", offset: 0 } })),
    chatId,
  );
  await page.goto(`/chat/${chatId}`);
  await expect(chatPage(page).answers.last()).toBeInViewport();
  await expect.poll(() => leftBelow(page)).toBeLessThan(2);
  await context.route(/\/messages\?/, (route) => route.abort());
  await page.goto(`/chat/${chatId}`);
  await expect(chatPage(page).answers.last()).toBeInViewport();
});

test("who wants it so keeps the beginning of a new answer in view", async ({ page, person }) => {
  const chat = chatPage(page);
  await page.goto(`/chat/${await longChat(person)}`);
  await expect(chat.question).toBeFocused();
  await page.keyboard.press("Control+/");
  await page.getByRole("radio", { name: "Its beginning" }).check({ force: true });
  await page.keyboard.press("Escape");
  await chat.askToTheEnd("A long one [[tokens=900 interval=2]]");
  await expect(chat.questions.last()).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole("button", { name: "Jump to latest" })).toContainText(/\d+ new lines/);
});

/** Six questions, each with an answer of some thirty lines. */
async function longChat(person: Person): Promise<string> {
  const chatId = createId();
  for (let number = 1; number <= 6; number += 1) {
    await readStream((await ask(person, `Question ${number} [[tokens=400]]`, { chatId })).response);
  }
  return chatId;
}

/** Sixty questions: more than a page shows at first. */
async function veryLongChat(person: Person): Promise<string> {
  const chatId = createId();
  for (let number = 1; number <= 60; number += 1) {
    await readStream((await ask(person, `Question ${number} [[tokens=40]]`, { chatId })).response);
  }
  return chatId;
}

function conversation(page: Page) {
  return page.getByRole("region", { name: "Conversation" });
}

async function lookBack(page: Page, px: number): Promise<void> {
  await expect(conversation(page)).toHaveCSS("flex-direction", "column");
  const before = await scrollTop(page);
  await scroll(page, px);
  await expect.poll(() => scrollTop(page)).not.toBe(before);
  await settled(page);
}

/** With the wheel or a finger, as a person does it: a negative way is down. */
async function scroll(page: Page, px: number): Promise<void> {
  await conversation(page).hover();
  if (!(await page.evaluate(() => matchMedia("(pointer: coarse)").matches))) return page.mouse.wheel(0, -px);
  const finger = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", y?: number) =>
    finger.send("Input.dispatchTouchEvent", { type, touchPoints: y === undefined ? [] : [{ x: 190, y }] });
  const steps = Math.ceil(Math.abs(px) / stepPx);
  for (let step = 0; step < steps; step += stepsOfStroke) {
    const [from, way] = px > 0 ? [200, stepPx] : [600, -stepPx];
    await touch("touchStart", from);
    // The first of them only tells that it will be a stroke.
    for (let moved = 1; moved <= Math.min(stepsOfStroke, steps - step) + 1; moved += 1)
      await touch("touchMove", from + moved * way);
    await touch("touchEnd");
  }
  await finger.detach();
}

const stepPx = 30;
const stepsOfStroke = 12;

/** The scrolling's own animation is over when the place is the same in two frames. */
async function settled(page: Page): Promise<void> {
  await expect
    .poll(() =>
      conversation(page).evaluate(async (view) => {
        const top = view.scrollTop;
        for (let frame = 0; frame < 8; frame += 1) await new Promise(requestAnimationFrame);
        return view.scrollTop - top;
      }),
    )
    .toBe(0);
}

function scrollTop(page: Page): Promise<number> {
  return conversation(page).evaluate((view) => view.scrollTop);
}

function leftBelow(page: Page): Promise<number> {
  return conversation(page).evaluate((view) => view.scrollHeight - view.clientHeight - view.scrollTop);
}

/** The last message that begins above the middle of the view, and where. */
async function readLine(page: Page): Promise<{ id: string; top: number }> {
  return conversation(page).evaluate((view) => {
    const middle = view.getBoundingClientRect().top + view.clientHeight / 2;
    const article = [...view.querySelectorAll("article")].findLast(
      (each) => each.getBoundingClientRect().top < middle,
    );
    return { id: article?.dataset.message ?? "", top: article?.getBoundingClientRect().top ?? 0 };
  });
}

function topOf(page: Page, id: string): Promise<number> {
  return page
    .locator(`article[data-message="${id}"]`)
    .evaluate((article) => article.getBoundingClientRect().top);
}
