import { answerTo, ask, messagesOf } from "@/e2e/ask";
import { chatPage, words } from "@/e2e/chat-page";
import { callsOf, expect, promptOf, test } from "@/e2e/fixtures";
import { lend } from "@/e2e/person";
import { readStream } from "@/e2e/read-stream";
import { createId } from "@/lib/chats/id";

test.beforeEach(async ({ page, person }) => {
  await lend(person, page.context());
});

test("a question shows at once, its answer while it is written, and the chat has a name and an address", async ({
  model,
  page,
}) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.ask("Tell me of the sea [[tokens=120 interval=20]]");

  await expect(chat.questions).toContainText("Tell me of the sea");
  await expect(chat.question).toHaveValue("");
  await expect(chat.answers).toContainText("10.");
  expect(callsOf(model, await chat.chatId())[0]?.tokensSent).toBeLessThan(120);
  await chat.untilAnswered();
  expect(await chat.answerText()).toBe(words(answerTo("[[tokens=120]]")));
  await expect(page).toHaveTitle(/^Tell me of the sea/);
  await expect(chat.chats.getByRole("link", { name: /Tell me of the sea/ })).toHaveAttribute(
    "aria-current",
    "page",
  );
  await expect(chat.question).toBeFocused();
});

test("an answer is drawn as Markdown: headings, code with a copy button, tables and lists", async ({
  page,
}) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.askToTheEnd("Show me [[text=markdown interval=2]]");

  const answer = chat.answers.last();
  await expect(answer.getByRole("heading", { name: "A heading of the first order" })).toBeVisible();
  await expect(answer.getByRole("figure", { name: "Code in ts" })).toContainText(
    "export async function* lines",
  );
  await expect(
    answer.getByRole("figure", { name: "Code in ts" }).getByRole("button", { name: "Copy code" }),
  ).toBeVisible();
  await expect(answer.getByRole("columnheader", { name: "Context" })).toBeVisible();
  await expect(answer.getByRole("cell", { name: "pipe | escaped" })).toBeVisible();
  await expect(answer.getByRole("listitem").filter({ hasText: /^deeper$/ })).toBeVisible();
  await expect(answer.getByRole("link", { name: "link", exact: true })).toHaveAttribute("rel", /noopener/);
  await expect(answer.getByRole("blockquote").first()).toContainText("A quotation");
});

test("what a model thinks first can be opened, and is closed until then", { tag: "@phone" }, async ({
  page,
}) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.ask("Think hard [[reasoning=60 tokens=30 interval=20]]");
  await expect(chat.answers.getByText("Thinking…")).toBeVisible();
  await chat.untilAnswered();

  const summary = chat.answers.getByText(/^Thought for \d+ s$/);
  await expect(chat.answers.locator("details")).not.toHaveAttribute("open");
  expect(await chat.answerText()).toBe(words(answerTo("[[tokens=30]]")));
  await summary.click();
  await expect(chat.answers.locator("details")).toContainText("60.");
  await page.reload();
  await expect(summary).toBeVisible();
  await expect(chat.answers.locator("details")).not.toHaveAttribute("open");
});

test("Stop keeps what was written, here and after a reload, and the talk goes on", async ({
  model,
  page,
}) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.ask("On and on [[tokens=2000 interval=20]]");
  await expect(chat.answers).toContainText("20.");
  await chat.stop.click();
  await expect(chat.answers.getByText("Stopped")).toBeVisible();
  await expect(chat.send).toBeVisible();
  const text = await chat.answerText();

  await page.reload();
  await expect(chat.answers.getByText("Stopped")).toBeVisible();
  expect(await chat.answerText()).toBe(text);
  await chat.askToTheEnd("And then? [[tokens=5]]");
  await expect(chat.answers).toHaveCount(2);
  const told = promptOf(callsOf(model, await chat.chatId())[1]);
  expect(told.map(({ role }) => role)).toEqual(["user", "assistant", "system", "user"]);
  expect(words(told[1]?.text ?? "")).toBe(text);
});

test("an answer that has not begun can be stopped", async ({ page }) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.ask("Anybody? [[delay=600000]]");
  await expect(chat.answers.getByText("Thinking…")).toBeVisible();
  await chat.stop.click();
  await expect(chat.answers.getByText("Stopped")).toBeVisible();
  await chat.askToTheEnd("Now? [[tokens=5]]");
});

test("Enter sends, Shift and Enter begin a new line", async ({ page, person }) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.question.pressSequentially("One line");
  await chat.question.press("Shift+Enter");
  await chat.question.pressSequentially("and another [[tokens=3]]");
  await chat.question.press("Enter");
  await chat.untilAnswered();
  await expect(chat.questions).toContainText(/One line\nand another/, { useInnerText: true });
  const [question] = await messagesOf(person, await chat.chatId());
  expect(question?.parts).toEqual([{ type: "text", text: "One line\nand another [[tokens=3]]" }]);
});

test("an answer is copied as it was written, and code without its frame", async ({ context, page }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  const chat = chatPage(page);
  await page.goto("/");
  await chat.askToTheEnd("Show me [[text=markdown]]");
  await chat.answers.getByRole("button", { name: "Copy", exact: true }).click();
  await expect(chat.answers.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await clipboard()).toBe(answerTo("[[text=markdown]]"));
  const figure = chat.answers.getByRole("figure", { name: "Code in diff" });
  await figure.getByRole("button", { name: "Copy code" }).click();
  const [, code] = /```diff\n(.*?)\n```/s.exec(answerTo("[[text=markdown]]")) ?? [];
  await expect.poll(clipboard).toBe(code);
});

test("a reader who looks back is left where they are, and comes back to the end with one press", async ({
  page,
}) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.ask("A long one [[tokens=900 interval=5]]");
  const conversation = page.getByRole("region", { name: "Conversation" });
  await expect(chat.answers).toContainText("400.");
  await conversation.hover();
  await page.mouse.wheel(0, -1500);
  const jump = page.getByRole("button", { name: "Jump to latest" });
  await expect(jump).toBeVisible();
  const place = await conversation.evaluate((region) => region.scrollTop);
  await chat.untilAnswered();
  await expect(chat.answers).toContainText("900.");
  await expect(jump).toBeVisible();
  expect(Math.abs((await conversation.evaluate((region) => region.scrollTop)) - place)).toBeLessThan(40);
  await jump.click();
  await expect(jump).toBeHidden();
  await expect(chat.answers.getByText("900.")).toBeInViewport();
});

test("of a long chat the end is shown first, and what came before on demand", async ({ page, person }) => {
  const chat = chatPage(page);
  const chatId = createId();
  for (let number = 1; number <= 55; number++) {
    await readStream((await ask(person, `Question ${number} [[tokens=1]]`, { chatId })).response);
  }
  await page.goto(`/chat/${chatId}`);
  await expect(chat.questions).toHaveCount(50);
  await expect(chat.questions.last()).toContainText("Question 55");
  const earlier = page.getByRole("button", { name: "Show earlier messages" });
  await earlier.press("Enter");
  await expect(chat.questions).toHaveCount(55);
  await expect(chat.questions.first()).toContainText("Question 1 ");
  await expect(earlier).toBeHidden();
  await expect(page.getByRole("region", { name: "Conversation" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(chat.questions.first().getByRole("button").first()).toBeFocused();
});

test("nothing is sent that has no words", async ({ page }) => {
  const chat = chatPage(page);
  await page.goto("/");
  await expect(chat.send).toBeDisabled();
  await chat.question.fill(" \n ");
  await expect(chat.send).toBeDisabled();
  await chat.question.press("Enter");
  await expect(chat.questions).toHaveCount(0);
});

test("an example is a question with one press", async ({ page }) => {
  const chat = chatPage(page);
  await page.goto("/");
  await page.getByRole("list", { name: "Examples" }).getByRole("button").first().click();
  await expect(chat.questions).toHaveCount(1);
  await expect(chat.question).toBeFocused();
  await chat.untilAnswered();
});

test("a model that answers with nothing is told of as such", async ({ page }) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.ask("Say nothing [[tokens=0]]");
  await expect(chat.answers.getByText("The model answered with nothing.")).toBeVisible();
});

test("HTML and scripts in an answer stay text, and nothing is fetched for them", async ({ app, page }) => {
  const foreign: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(app.url) && !request.url().startsWith("data:")) foreign.push(request.url());
  });
  page.on("dialog", (dialog) => foreign.push(`dialog: ${dialog.message()}`));
  const chat = chatPage(page);
  await page.goto("/");
  await chat.askToTheEnd("Attack [[text=html interval=1]]");

  const answer = chat.answers.last();
  await expect(answer).toContainText("The end.");
  await expect(answer).toContainText('<img src="x" onerror=');
  for (const link of await answer.getByRole("link").all()) {
    expect(await link.getAttribute("href")).not.toMatch(/^(javascript|data):/);
  }
  await expect(answer.locator("script, iframe, form, style, img, [onload], [onerror]")).toHaveCount(0);
  await page.reload();
  await expect(answer).toContainText("The end.");
  expect(await page.evaluate(() => "__scriptedXss" in window)).toBe(false);
  expect(foreign).toEqual([]);
});

test("HTML in a question is shown as it was written", async ({ page }) => {
  const chat = chatPage(page);
  await page.goto("/");
  const question = '<img src=x onerror="window.pwned=1"> & **no bold** [[tokens=3]]';
  await chat.askToTheEnd(question);
  await expect(chat.questions.getByText(question, { exact: true })).toBeVisible();
  await page.reload();
  await expect(chat.questions.getByText(question, { exact: true })).toBeVisible();
  expect(await page.evaluate(() => "pwned" in window)).toBe(false);
});
