import type { Page } from "@playwright/test";
import { answerTo, ask, messagesOf } from "@/e2e/ask";
import { expectNoBarriers } from "@/e2e/barriers";
import { chatPage } from "@/e2e/chat-page";
import { callsOf, expect, promptOf, test } from "@/e2e/fixtures";
import { lend } from "@/e2e/person";
import { readStream } from "@/e2e/read-stream";
import { textOf } from "@/lib/chats/part";

test.beforeEach(async ({ page, person }) => {
  await lend(person, page.context());
});

test("an edited question stands beside the old one, and both are one press away, also after a reload", async ({
  page,
}) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.askToTheEnd("First try [[say=one]]");
  await edit(page, "First try", "Second try [[say=two]]");

  await expect(chat.answers).toContainText("two");
  await chat.untilAnswered();
  await expect(chat.questions).toHaveCount(1);
  await expect(chat.questions.getByText("2 of 2")).toBeVisible();
  await chat.questions.getByRole("button", { name: "Previous version" }).click();
  await expect(chat.questions).toContainText("First try");
  await expect(chat.answers).toContainText("one");
  await expect(chat.questions.getByText("1 of 2")).toBeVisible();

  await page.reload();
  await expect(chat.questions).toContainText("First try");
  await chat.questions.getByRole("button", { name: "Next version" }).click();
  await expect(chat.answers).toContainText("two");
});

test("Escape leaves a question as it was, and gives the focus back", async ({ page }) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.askToTheEnd("Stay [[say=here]]");
  const button = chat.questions.getByRole("button", { name: "Edit", exact: true });
  await button.focus();
  await button.press("Enter");
  const field = page.getByRole("textbox", { name: "Edit question" });
  await expect(field).toBeFocused();
  await field.fill("Go");
  await field.press("Shift+Enter");
  await expect(field).toHaveValue("Go\n");
  await field.press("Escape");
  await expect(field).toBeHidden();
  await expect(button).toBeFocused();
  await expect(chat.questions).toContainText("Stay");
  await expect(page.getByText("1 of")).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(field).toHaveValue("Go\n");
});

test("words in an edit are there again after another chat, a reload, and a version that was turned elsewhere", async ({
  app,
  browser,
  page,
  person,
}) => {
  const chat = chatPage(page);
  const field = page.getByRole("textbox", { name: /^Edit / });
  await page.goto("/");
  await chat.askToTheEnd("Left [[say=left]]");
  await edit(page, "Left", "Right [[say=right]]");
  await chat.untilAnswered();
  await open(page, "Right");
  await field.fill("Half a thought");
  await page.getByRole("link", { name: "New chat" }).first().click();
  await expect(field).toBeHidden();
  await page.goBack();
  await expect(field).toHaveValue("Half a thought");

  await page.reload();
  await open(page, "Right");
  await expect(field).toHaveValue("Half a thought");
  await field.press("End");
  await page.keyboard.type(" more");

  const device = await browser.newContext({ baseURL: app.url });
  await lend(person, device);
  const elsewhere = await device.newPage();
  await elsewhere.goto(page.url());
  await chatPage(elsewhere).questions.getByRole("button", { name: "Previous version" }).click();
  await expect(chat.questions).toContainText("Left");
  await expect(page.getByText("Your words are kept")).toBeVisible();
  await chat.questions.getByRole("button", { name: "Next version" }).click();
  await expect(field).toHaveValue("Half a thought more");
  await device.close();

  await field.press("Escape");
  await more(page, "answer", 0, "Edit answer");
  await field.fill("In my own words");
  await page.reload();
  await more(page, "answer", 0, "Edit answer");
  await expect(field).toHaveValue("In my own words");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(chat.answers).toContainText("In my own words");
  await chat.answers.getByRole("button", { name: "Previous version" }).click();
  await more(page, "answer", 0, "Edit answer");
  await expect(field).toHaveValue("right");
});

test("an edit while an answer is being written stops it, keeps it, and is answered", async ({
  page,
  person,
}) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.ask("Endless [[tokens=2000 interval=20]]");
  await expect(chat.answers).toContainText("20.");
  await edit(page, "Endless", "Short [[say=done]]");
  await expect(chat.answers).toContainText("done");
  await chat.untilAnswered();
  const messages = await messagesOf(person, await chat.chatId());
  expect(messages.map(({ status }) => status)).toEqual(["complete", "stopped", "complete", "complete"]);
  expect(textOf(messages[1]?.parts ?? [])).toContain("20.");
});

test("an edit that reaches nobody is not lost, and what was there stays", async ({ page }) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.askToTheEnd("Before [[say=kept]]");
  await page.route("/api/chat", (route) => route.abort());
  await edit(page, "Before", "After [[say=new]]");
  const field = page.getByRole("textbox", { name: "Edit question" });
  await expect(field).toHaveValue("After [[say=new]]", { timeout: 20_000 });
  await expect(chat.answers).toContainText("kept");
  await page.unroute("/api/chat");
  await field.press("Enter");
  await expect(chat.answers).toContainText("new");
});

test("an edit that cannot stop the answer first stays in its field, and survives a reload", async ({
  page,
}) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.ask("Before [[tokens=2000 interval=20]]");
  await expect(chat.answers).toContainText("20.");
  await page.route("**/stop", (route) => route.abort());
  await edit(page, "Before", "After [[say=new]]");
  const field = page.getByRole("textbox", { name: "Edit question" });
  await expect(field).toHaveValue("After [[say=new]]");
  await expect(chat.problem).toContainText("Parley could not be reached.");
  await page.reload();
  await expect(chat.question).toHaveValue("After [[say=new]]");
  await page.unroute("**/stop");
  await chat.stop.click();
});

test("an edit that a limit refuses says so in its field, with the ways on, and the text is kept", async ({
  page,
}) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.askToTheEnd("Dear [[text=answer tokens=600]]");
  const error = { ...refusal, type: "quota_exceeded", message: "Your limit is reached." };
  await page.route("/api/chat", (route) => route.fulfill({ status: 402, json: { error } }));
  await edit(page, "Dear", "Cheap [[say=new]]");
  const form = page.getByRole("form", { name: "Edit question" });
  await expect(form.getByRole("textbox")).toBeInViewport({ ratio: 1 });
  await expect(form.getByRole("alert")).toHaveText("Your limit is reached.");
  await expect(form.getByRole("textbox")).toHaveValue("Cheap [[say=new]]");
  await expect(form.getByRole("link", { name: "Open settings" })).toBeVisible();
  await page.unroute("/api/chat");
  await form.getByRole("button", { name: "Use another model" }).click();
  await page.getByRole("combobox", { name: "Search models" }).fill("scripted/echo");
  await page.getByRole("option", { name: /scripted\/echo/ }).click();
  await expect(chat.answers.getByRole("button", { name: /^Details: .*echo/i })).toBeVisible();
  await expect(chat.questions).toContainText("Cheap");
});

test("an edit that was refused, and is put back as it was, is asked of the model that is chosen then", async ({
  page,
}) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.askToTheEnd("Dear [[say=old]]");
  const error = { ...refusal, type: "quota_exceeded", message: "Your limit is reached." };
  await page.route("/api/chat", (route) => route.fulfill({ status: 402, json: { error } }));
  await edit(page, "Dear", "Cheap [[say=new]]");
  const form = page.getByRole("form", { name: "Edit question" });
  await expect(form.getByRole("alert")).toHaveText("Your limit is reached.");
  await page.unroute("/api/chat");
  await form.getByRole("textbox").fill("Dear [[say=old]]");
  await form.getByRole("button", { name: "Use another model" }).click();
  await page.getByRole("combobox", { name: "Search models" }).fill("scripted/echo");
  await page.getByRole("option", { name: /scripted\/echo/ }).click();
  await expect(chat.answers.getByRole("button", { name: /^Details: .*echo/i })).toBeVisible();
  await expect(chat.questions.getByText("2 of 2")).toBeVisible();
});

test("an answer is written again, by another model too, and each version tells which it was", async ({
  model,
  page,
}) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.askToTheEnd("Say it [[say=it]]");
  await chat.answers.getByRole("button", { name: "Answer again", exact: true }).click();
  await expect(chat.answers.getByText("2 of 2")).toBeVisible();
  await chat.untilAnswered();
  await chat.answers.getByRole("button", { name: "Answer again with another model" }).click();
  await page.getByRole("combobox", { name: "Search models" }).fill("scripted/echo");
  await page.getByRole("option", { name: /scripted\/echo/ }).click();
  await expect(chat.answers.getByText("3 of 3")).toBeVisible();
  await chat.untilAnswered();

  await expect(chat.answers.getByRole("button", { name: "Details: Scripted: echo" })).toBeVisible();
  const calls = callsOf(model, await chat.chatId());
  expect(calls).toHaveLength(3);
  expect(promptOf(calls[2])).toEqual(promptOf(calls[0]));
  await chat.answers.getByRole("button", { name: "Previous version" }).click();
  await expect(chat.answers.getByRole("button", { name: "Details: Scripted: burst" })).toBeVisible();
});

test("versions are turned with the keyboard, which stays where it was, and so does the page", async ({
  page,
}) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.askToTheEnd("Begin [[say=begun]]");
  await chat.askToTheEnd("Left [[tokens=300]]");
  await edit(page, "Left", "Right [[say=right]]");
  await expect(chat.answers.last()).toContainText("right");
  await chat.untilAnswered();

  const former = chat.questions.last().getByRole("button", { name: "Previous version" });
  await former.focus();
  const before = await former.boundingBox();
  await page.keyboard.press("ArrowLeft");
  await expect(chat.questions.last()).toContainText("Left");
  await expect(former).toBeFocused();
  expect(Math.abs(((await former.boundingBox())?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(4);
  await expect(page).toHaveURL(/\/chat\//);
  await page.keyboard.press("ArrowRight");
  await expect(chat.questions.last()).toContainText("Right");
  await page.keyboard.press("ArrowRight");
  await expect(chat.questions.last()).toContainText("Right");
});

test("another device shows the version that was chosen here", async ({ app, browser, page, person }) => {
  const here = chatPage(page);
  await page.goto("/");
  await here.askToTheEnd("Left [[say=left]]");
  const device = await browser.newContext({ baseURL: app.url });
  await lend(person, device);
  const elsewhere = await device.newPage();
  await elsewhere.goto(page.url());
  const there = chatPage(elsewhere);
  await edit(page, "Left", "Right [[say=right]]");
  await expect(there.answers).toContainText("right");
  await expect(there.questions.getByText("2 of 2")).toBeVisible();
  await here.untilAnswered();
  await here.questions.getByRole("button", { name: "Previous version" }).click();
  await expect(there.answers).toContainText("left");
  await expect(there.questions.getByText("1 of 2")).toBeVisible();
  await device.close();
});

test("a branch becomes a chat that says so, and the talk goes on in it alone", async ({ page, person }) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.askToTheEnd("One [[say=1]]");
  await chat.askToTheEnd("Two [[say=2]]");
  const original = await chat.chatId();
  const before = await messagesOf(person, original);
  await more(page, "answer", 0, "Branch from here");
  await expect(page).not.toHaveURL(new RegExp(original));
  await expect(chat.answers).toHaveCount(1);
  await expect(page).toHaveTitle(/^Branch of One/);
  await expect(chat.chats.getByRole("link", { name: /^Branch of One/ })).toHaveAttribute(
    "aria-current",
    "page",
  );
  await chat.askToTheEnd("Three [[say=3]]");
  expect(await messagesOf(person, original)).toEqual(before);
});

test("a deleted message goes with what follows it, says so before, and comes back", async ({ page }) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.askToTheEnd("One [[say=1]]");
  await chat.askToTheEnd("Two [[say=2]]");
  await more(page, "question", 1, "Delete");
  const dialog = page.getByRole("dialog", { name: "Delete message?" });
  await expect(dialog).toContainText("This message and the one message after it will be deleted");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(chat.questions).toHaveCount(2);

  await more(page, "question", 1, "Delete");
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(chat.questions).toHaveCount(1);
  await expect(chat.answers).toHaveCount(1);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(chat.questions).toHaveCount(2);
  await expect(chat.answers.last()).toContainText("2");

  await more(page, "answer", 1, "Delete");
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("This question has no answer.")).toBeVisible();
  const error = { ...refusal, type: "key_missing", message: "There is no key." };
  await page.route("/api/chat", (route) => route.fulfill({ status: 400, json: { error } }));
  await page.getByRole("button", { name: "Answer it" }).click();
  await expect(chat.questions.last().getByRole("alert")).toHaveText("There is no key.");
  await page.unroute("/api/chat");
  await page.getByRole("button", { name: "Answer it" }).click();
  await chat.untilAnswered();
  await expect(chat.problem).toBeHidden();
  await expect(chat.answers).toHaveCount(2);
});

test("a question whose answer is being written is not deleted, and the page says why", async ({ page }) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.ask("Long [[tokens=2000 interval=20]]");
  await expect(chat.answers).toContainText("10.");
  await more(page, "question", 0, "Delete");
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(chat.questions.getByRole("alert")).toHaveText(
    /An answer is still being written in this chat\./,
  );
  await chat.problem.getByRole("button", { name: "Dismiss" }).click();
  await expect(chat.problem).toBeHidden();
  await expect(chat.questions.getByRole("button", { name: "More" })).toBeFocused();
  await expect(chat.questions).toHaveCount(1);
  await chat.stop.click();
});

test("an answer in the person's own words is marked, keeps the former one, and is what the model is told", async ({
  model,
  page,
}) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.askToTheEnd("Say [[say=wrong]]");
  await more(page, "answer", 0, "Edit answer");
  const field = page.getByRole("textbox", { name: "Edit answer" });
  await field.press("Escape");
  await expect(chat.answers.getByRole("button", { name: "More" })).toBeFocused();
  await more(page, "answer", 0, "Edit answer");
  await expect(field).toHaveValue("wrong");
  await field.fill("right, **at last**");
  await field.press("Enter");
  await expect(field).toHaveValue("right, **at last**\n");
  await field.press("Backspace");
  await field.press("Control+Enter");
  await expect(chat.answers.getByText("Edited by you")).toBeVisible();
  await expect(chat.question).toBeFocused();
  await expect(chat.answers.getByText("2 of 2")).toBeVisible();
  await chat.askToTheEnd("And? [[say=yes]]");
  expect(promptOf(callsOf(model, await chat.chatId())[1])[1]?.text).toBe("right, **at last**");
  await page.reload();
  await expect(chat.answers.first().getByText("Edited by you")).toBeVisible();
  await chat.answers.first().getByRole("button", { name: "Previous version" }).click();
  await expect(chat.answers).toContainText(["wrong"]);
});

test("an answer whose new wording is stored while the talk goes on leaves no field behind", async ({
  page,
}) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.askToTheEnd("Say [[say=wrong]]");
  await more(page, "answer", 0, "Edit answer");
  const stored = Promise.withResolvers<void>();
  const told = Promise.withResolvers<void>();
  await page.route("**/edit", async (route) => {
    const response = await route.fetch();
    stored.resolve();
    await told.promise;
    await route.fulfill({ response });
  });
  const field = page.getByRole("textbox", { name: "Edit answer" });
  await field.fill("right");
  await field.press("Control+Enter");
  await stored.promise;
  await chat.ask("Go on [[tokens=2000 interval=20]]");
  await expect(chat.answers.last()).toContainText("10.");
  told.resolve();
  await expect(field).toBeHidden();
  await chat.stop.click();
});

test("an answer is copied as Markdown and as formatted text at once", async ({ context, page }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const chat = chatPage(page);
  await page.goto("/");
  await chat.askToTheEnd("Show me [[text=markdown]]");
  await expect(chat.answers.locator("math").first()).toBeAttached();
  await chat.answers.getByRole("button", { name: "Copy", exact: true }).click();
  await expect(chat.answers.getByRole("button", { name: "Copied" })).toBeVisible();
  const [plain, html] = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const read = async (type: string) => (await item?.getType(type))?.text() ?? "";
    return [await read("text/plain"), await read("text/html")];
  });
  expect(plain).toBe(answerTo("[[text=markdown]]"));
  expect(html).toContain("<h1>A heading of the first order</h1>");
  expect(html).toMatch(/<table[^>]*>.*<th/s);
  expect(html).toContain("<pre><code>export async function* lines");
  expect(html).toContain("<math>");
  expect(html).not.toMatch(/class=|<button|<svg|Copy code|127\.0\.0\.1/);
});

test("the details of an answer are there on demand, and of a stopped one what is known", async ({ page }) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.askToTheEnd("Count [[tokens=40 interval=10]]");
  await chat.answers.getByRole("button", { name: /^Details: / }).click();
  const details = page.getByRole("dialog", { name: "Details" });
  await expect(row(page, "Provider")).toHaveText("openrouter");
  await expect(row(page, "Tokens out")).toHaveText("40");
  await expect(row(page, "Duration")).toHaveText(/^\d+(\.\d+)? s$/);
  await expect(row(page, "Speed")).toHaveText(/tokens\/s$/);
  await expect(row(page, "Cost")).toHaveText(/\$\d/);
  await page.keyboard.press("Escape");
  await expect(details).toBeHidden();

  await chat.ask("On [[tokens=2000 interval=20]]");
  await expect(chat.answers).toHaveCount(2);
  await expect(chat.answers.last()).toContainText("10.");
  await chat.stop.click();
  await expect(chat.answers.getByText("Stopped")).toBeVisible();
  await chat.answers
    .last()
    .getByRole("button", { name: /^Details: / })
    .click();
  await expect(row(page, "Cost")).toHaveText(/^about \$0\.\d+$/);
  await expect(details).toContainText("Estimated: the provider has not told what this answer used.");
});

test("a stale tab's question is a branch, the page says so, and the other version is one press away", async ({
  page,
  person,
}) => {
  const chat = chatPage(page);
  await page.route("/api/events", (route) => route.abort());
  await page.goto("/");
  await chat.askToTheEnd("Begin [[say=begun]]");
  const chatId = await chat.chatId();
  await readStream((await ask(person, "Elsewhere [[say=there]]", { chatId })).response);

  await chat.askToTheEnd("Here [[say=here]]");
  await expect(chat.questions.last()).toContainText("This chat had gone on elsewhere.");
  await expect(chat.questions.last().getByText("2 of 2")).toBeVisible();
  await chat.questions.last().getByRole("button", { name: "Previous version" }).click();
  await expect(chat.answers.last()).toContainText("there");
});

test("another model is one press away from a provider's failure", { tag: "@phone" }, async ({ page }) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.ask("Try [[error=402]]");
  await expect(chat.alert).toBeVisible();
  await chat.problem.getByRole("button", { name: "Use another model" }).click();
  await page.getByRole("combobox", { name: "Search models" }).fill("scripted/burst");
  await page.getByRole("option", { name: /scripted\/burst/ }).click();
  await expect(chat.answers.getByText("2 of 2")).toBeVisible();
});

test("a key that the provider refuses leads to the settings", async ({ page }) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.ask("Try [[error=401]]");
  await chat.problem.getByRole("link", { name: "Open settings" }).click();
  await expect(page).toHaveURL(/\/settings/);
});

test("who asked to wait is counted down, and then tried again with one press", { tag: "@phone" }, async ({
  page,
}) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.ask("Busy [[say=now error=429 retry-after=3 times=2]]");
  const wait = page.getByRole("button", { name: /^Try again in \d s$/ });
  await expect(wait).toBeVisible();
  await expect(wait).toHaveAttribute("aria-disabled", "true");
  await page.getByRole("button", { name: "Try again", exact: true }).click();
  await expect(chat.answers).toContainText("now");
});

test("nothing keeps people from versions, menus and fields", async ({ page }) => {
  const chat = chatPage(page);
  await page.goto("/");
  await chat.askToTheEnd("Left [[say=left]]");
  await edit(page, "Left", "Right [[say=right]]");
  await chat.untilAnswered();
  await expectNoBarriers(page, "versions");
  await chat.answers.getByRole("button", { name: "More" }).click();
  await expect(page.getByRole("menu")).toBeVisible();
  await expectNoBarriers(page, "a message's menu");
  await page.keyboard.press("Escape");
  await chat.answers.getByRole("button", { name: /^Details: / }).click();
  await expect(row(page, "Model")).toBeVisible();
  await expectNoBarriers(page, "an answer's details");
  await page.keyboard.press("Escape");
  await chat.questions.getByRole("button", { name: "Edit", exact: true }).click();
  await expectNoBarriers(page, "a question's field");
});

const refusal = { provider: null, retryable: false, retryAfterMs: null, requestId: "made-up" };

async function open(page: Page, text: string): Promise<void> {
  const question = chatPage(page).questions.filter({ hasText: text });
  await question.hover();
  await question.getByRole("button", { name: "Edit", exact: true }).click();
}

async function edit(page: Page, from: string, to: string): Promise<void> {
  await open(page, from);
  const field = page.getByRole("textbox", { name: "Edit question" });
  await field.fill(to);
  await field.press("Enter");
}

async function more(
  page: Page,
  kind: "question" | "answer",
  index: number,
  action: "Branch from here" | "Delete" | "Edit answer",
): Promise<void> {
  const chat = chatPage(page);
  const message = (kind === "question" ? chat.questions : chat.answers).nth(index);
  await message.hover();
  await message.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: action }).click();
}

/** What stands beside a name in the details. */
function row(page: Page, name: string) {
  return page.getByRole("dialog", { name: "Details" }).locator(`dt:text-is("${name}") + dd`);
}
