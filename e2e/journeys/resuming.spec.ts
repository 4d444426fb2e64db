import { answerTo } from "@/e2e/ask";
import { chatPage, words } from "@/e2e/chat-page";
import { callsOf, expect, test, untilCall } from "@/e2e/fixtures";
import { lend, signUp } from "@/e2e/person";

/** Four seconds of an answer. */
const flowing = "A long story [[tokens=200 interval=20]]";
const wholeStory = words(answerTo(flowing));

/** An answer that stays where it is for as long as a test looks at it. */
const halting = "A halting story [[tokens=60 interval=5 stall-after=30]]";
const halfStory = words(answerTo("[[tokens=60]]").split(" ").slice(0, 30).join(" "));

test.beforeEach(async ({ page, person }) => {
  await lend(person, page.context());
});

test("a reload in mid-answer shows the text so far, and that more is to come", async ({ page }) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.ask(halting);
  await expect.poll(chat.answerText).toBe(halfStory);
  await page.reload();

  await expect.poll(chat.answerText).toBe(halfStory);
  await expect(chat.questions).toHaveCount(1);
  await expect(chat.answers.getByText("Still writing")).toHaveCount(1);
  await chat.stop.click();
  await expect(chat.answers.getByText("Stopped")).toBeVisible();
  expect(await chat.answerText()).toBe(halfStory);
});

for (const [what, question] of [
  ["of which nothing is there yet", "Wait [[tokens=10 delay=600000]]"],
  ["that is still being thought about", "Think [[reasoning=30 interval=5 stall-after=20]]"],
  ["that stands still", halting],
  ["that flows", "Flow [[tokens=1000 interval=20]]"],
] as const) {
  test(`a reload shows an answer ${what} as being written from the first paint on, and at no time as if it were over`, async ({
    page,
    person,
  }) => {
    const chat = chatPage(page);
    await page.goto("/");
    await chat.ask(question);
    await expect(chat.answers).toHaveAttribute("aria-busy", "true");
    const html = await (await person.request("GET", `/chat/${await chat.chatId()}`)).text();
    expect(html).toContain('aria-busy="true"');
    expect(html).toContain('aria-label="Stop"');

    await page.addInitScript(recordAnswer);
    const followed = page.waitForResponse(/\/stream/);
    await page.reload();
    await followed;
    await expect(page.getByRole("status", { name: "Connection" })).toHaveText("Live");
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
    const states = await page.evaluate<{ state: string; length: number }[]>("window.states");
    expect(new Set(states.map(({ state }) => state))).toEqual(new Set(["written, to be stopped"]));
    const lengths = states.map(({ length }) => length);
    expect(lengths, "never shorter").toEqual(lengths.toSorted((a, b) => a - b));
    await chat.stop.click();
  });
}

/** How the answer looks in each frame of the page that is loaded next. */
function recordAnswer(): void {
  const states: { state: string; length: number }[] = [];
  Object.assign(window, { states });
  const look = () => {
    requestAnimationFrame(look);
    const answer = document.querySelector("article[aria-busy]");
    if (!answer) return;
    const isWritten = answer.getAttribute("aria-busy") === "true";
    const canBeStopped = document.querySelector('button[aria-label="Stop"]') !== null;
    const state = `${isWritten ? "written" : "over"}, ${canBeStopped ? "to be stopped" : "not to be stopped"}`;
    const length = answer.querySelector(".markdown")?.textContent.length ?? 0;
    if (states.at(-1)?.state !== state || states.at(-1)?.length !== length) states.push({ state, length });
  };
  look();
}

test("a reload in mid-answer goes on to the exact end", async ({ model, page }) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.ask(flowing);
  await expect(chat.answers).toContainText("30.");
  const chatId = await chat.chatId();
  expect(callsOf(model, chatId)[0]?.state).toBe("streaming");
  await page.reload();

  await chat.untilAnswered();
  expect(await chat.answerText()).toBe(wholeStory);
  await expect(chat.questions).toHaveCount(1);
  await expect(chat.answers).toHaveCount(1);
  expect(callsOf(model, chatId)).toHaveLength(1);
});

test("an answer goes on while its page is closed, and is there when the chat is opened again", async ({
  context,
  model,
  page,
}) => {
  await page.goto("/");
  await chatPage(page).ask(flowing);
  const chatId = await chatPage(page).chatId();
  await page.close();
  await untilCall(model, chatId, ({ state }) => state === "completed");

  const later = await context.newPage();
  await later.goto(`/chat/${chatId}`);
  await chatPage(later).untilAnswered();
  expect(await chatPage(later).answerText()).toBe(wholeStory);
});

test("a second tab sees the answer live, and stops it for both", async ({ context, page }) => {
  const first = chatPage(page);
  await page.goto("/");
  await first.ask("Without end [[tokens=2000 interval=20]]");
  await first.chatId();
  const tab = await context.newPage();
  await tab.goto(page.url());
  const second = chatPage(tab);
  await expect(second.answers).toContainText("40.");
  await second.stop.click();

  await expect(second.answers.getByText("Stopped")).toBeVisible();
  await expect(first.answers.getByText("Stopped")).toBeVisible();
  expect(await second.answerText()).toBe(await first.answerText());
});

test("another device finds the chat in its list, reads along, and stops it", async ({
  app,
  browser,
  page,
}) => {
  const account = await signUp(app.url);
  await page.context().clearCookies();
  await lend(account, page.context());
  await page.goto("/");
  await chatPage(page).ask(halting);
  await expect.poll(chatPage(page).answerText).toBe(halfStory);

  const device = await browser.newContext({ baseURL: app.url });
  const elsewhere = await device.newPage();
  const chat = chatPage(elsewhere);
  await elsewhere.goto("/sign-in");
  await elsewhere.getByLabel("E-mail").fill(account.email);
  await elsewhere.getByLabel("Password").fill(account.password);
  await elsewhere.getByRole("button", { name: "Sign in", exact: true }).click();
  await chat.chats.getByRole("link", { name: /A halting story/ }).click();
  await expect.poll(chat.answerText).toBe(halfStory);
  await chat.stop.click();
  await expect(chatPage(page).answers.getByText("Stopped")).toBeVisible();
  await device.close();
});

test("who looks into another chat meanwhile comes back to the answer as it is", async ({ page }) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.askToTheEnd("The other one [[tokens=5]]");
  await page.getByRole("link", { name: "New chat" }).first().click();
  await expect(chat.answers).toHaveCount(0);
  await chat.ask(halting);
  await expect.poll(chat.answerText).toBe(halfStory);

  await chat.chats.getByRole("link", { name: "The other one" }).click();
  await expect(chat.questions).toContainText("The other one");
  await chat.chats.getByRole("link", { name: /Answering: A halting story/ }).click();
  await expect(chat.questions).toContainText("A halting story");
  expect(await chat.answerText()).toBe(halfStory);
  await chat.stop.click();
  await expect(chat.answers.getByText("Stopped")).toBeVisible();
});

test("a connection that breaks in mid-answer is made again, and no word is lost or doubled", async ({
  page,
}) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.ask(flowing);
  await expect(chat.answers).toContainText("20.");
  await page.context().setOffline(true);
  await page.context().setOffline(false);
  await chat.untilAnswered();
  expect(await chat.answerText()).toBe(wholeStory);
});

test("a question asked in a chat that is answering elsewhere waits for its turn", async ({
  context,
  page,
}) => {
  const first = chatPage(page);
  await page.goto("/");
  await first.askToTheEnd("Begin [[tokens=3]]");
  const tab = await context.newPage();
  await tab.goto(page.url());
  const second = chatPage(tab);
  await expect(second.answers).toHaveCount(1);
  await first.ask(halting);
  await expect.poll(first.answerText).toBe(halfStory);

  await second.question.fill("Me too [[tokens=4]]");
  await second.question.press("Enter");
  await expect(tab.getByRole("region", { name: "Waiting questions" })).toContainText("Me too");
  await first.stop.click();
  await expect(second.answers).toHaveCount(3);
  await second.untilAnswered();
  expect(await second.answerText()).toBe(words(answerTo("[[tokens=4]]")));
});
