import type { Locator, Page } from "@playwright/test";
import { chatPage } from "@/e2e/chat-page";
import { createChats } from "@/e2e/created-chats";
import { expect, test } from "@/e2e/fixtures";
import { lend, signUp } from "@/e2e/person";

test("everything that is done with a chat is done with Tab, Enter and the arrows alone", async ({
  app,
  page,
}) => {
  test.slow();
  const chat = chatPage(page);
  await lend(await signUp(app.url), page.context());
  await page.goto("/");
  await expect(chat.question).toBeFocused();

  await page.keyboard.type("Count [[tokens=2000 interval=20]]");
  await page.keyboard.press("Enter");
  await expect(chat.answers).toContainText("20.");
  await enter(page, chat.stop);
  await expect(chat.answers.getByText("Stopped")).toBeVisible();
  await expect(chat.question).toBeFocused();
  await enter(page, chat.answers.getByRole("button", { name: "Continue" }), backwards);
  await expect(chat.stop).toBeVisible();
  await expect(chat.question).toBeFocused();
  await enter(page, chat.stop);
  await expect(chat.answers.getByText("Stopped")).toBeVisible();
  await expect(chat.question).toBeFocused();

  await enter(page, chat.questions.getByRole("button", { name: "Edit", exact: true }), backwards);
  await expect(page.getByRole("textbox", { name: "Edit question" })).toBeFocused();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("Count less [[tokens=3]]");
  await page.keyboard.press("Enter");
  await chat.untilAnswered();
  await expect(chat.questions).toHaveText(/Count less/);
  await expect(chat.question).toBeFocused();

  const versions = chat.questions.getByRole("group", { name: "Versions" });
  await enter(page, versions.getByRole("button", { name: "Previous version" }), backwards);
  await expect(versions).toHaveText(/1 of 2/);
  await page.keyboard.press("ArrowRight");
  await expect(versions).toHaveText(/2 of 2/);

  await enter(page, chat.answers.getByRole("button", { name: "Answer again", exact: true }));
  await expect(chat.answers.getByText("2 of 2")).toBeVisible();
  await expect(chat.question).toBeFocused();
  await expect(chat.question).toHaveValue("");
  await chat.untilAnswered();

  const more = chat.answers.getByRole("button", { name: "More", exact: true });
  await enter(page, more, backwards);
  await choose(page, "Delete");
  await enter(page, page.getByRole("dialog").getByRole("button", { name: "Delete" }));
  await expect(page.getByRole("region", { name: "Conversation" })).toBeFocused();
  await enter(page, page.getByRole("button", { name: "Undo" }));
  await expect(chat.answers).toHaveCount(1);
  await expect(chat.answers.getByText("2 of 2")).toBeVisible();

  const original = page.url();
  await enter(page, more, backwards);
  await choose(page, "Branch from here");
  await expect(page).not.toHaveURL(original);
  await expect(chat.questions).toHaveText(/Count less/);
  await expect(chat.question).toBeFocused();

  const options = page.getByRole("main").getByRole("button", { name: /^Options for / });
  await enter(page, options, backwards);
  await choose(page, "Rename");
  await expect(page.getByRole("dialog").getByRole("textbox")).toBeFocused();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("By hand");
  await page.keyboard.press("Enter");
  await expect(page).toHaveTitle(/^By hand/);
  await expect(options).toBeFocused();

  await page.keyboard.press("Enter");
  await choose(page, "Archive");
  await enter(page, page.getByRole("main").getByRole("button", { name: "Unarchive" }));
  await expect(page.getByText("This chat is archived.")).toHaveCount(0);
  await expect(chat.question).toBeFocused();

  await enter(page, options, backwards);
  await choose(page, "Delete");
  await expect(page).toHaveURL("/");
  await expect(chat.question).toBeFocused();
  await enter(page, page.getByRole("button", { name: "More lists and actions" }), backwards);
  await choose(page, "Trash");
  await enter(page, chat.list.getByRole("link", { name: "By hand" }));
  await enter(page, page.getByRole("region", { name: "Trash" }).getByRole("button", { name: "Restore" }));
  await expect(chat.question).toBeFocused();

  await enter(page, chat.account, backwards);
  await choose(page, "Settings");
  await expect(page.getByRole("heading", { level: 2, name: "Account" })).toBeVisible();
  await enter(page, page.getByRole("link", { name: "Close settings" }));
  await expect(chat.questions).toHaveText(/Count less/);
  await expect(chat.question).toBeFocused();
  await enter(page, chat.account, backwards);
  await choose(page, "Sign out");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("on the page of a chat Tab goes from the side bar over the messages to the composer, and leaves nothing out", async ({
  page,
  person,
}) => {
  const chat = chatPage(page);
  await lend(person, page.context());
  const [chatId] = await createChats(person, ["Low tide", "Bread"]);
  await page.goto(`/chat/${chatId}`);
  await expect(chat.question).toBeFocused();
  const skip = page.getByRole("link", { name: "Skip to the chat" });
  await skip.focus();
  const stops: string[] = [];
  do {
    stops.push(await nameOfFocused(page));
    await page.keyboard.press("Tab");
  } while (stops.length < 40 && !(await isNowhere(page)) && !(await isFocused(skip)));
  expect(stops).toEqual([
    "Skip to the chat",
    "Search and commands",
    "Close side bar",
    "New chat",
    "Filter chats by title",
    "More lists and actions",
    "Low tide",
    "Options for Low tide",
    "Account",
    "Options for Low tide",
    "Copy",
    "Edit",
    "More",
    "Copy",
    "Answer again",
    "Answer again with another model",
    "More",
    "Details",
    "Your question",
    "Model",
    "Settings of this chat",
    "Preview the prompt",
  ]);

  await skip.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("main").getByRole("button", { name: "Options for Low tide" })).toBeFocused();
});

test("many chats are selected, put away and had back by keyboard alone", async ({ page, person }) => {
  const chat = chatPage(page);
  await lend(person, page.context());
  await createChats(person, ["Four", "Three", "Two", "One"]);
  await page.goto("/");
  await expect(chat.question).toBeFocused();
  const row = (name: string) => chat.list.getByRole("link", { name, exact: true });
  const box = (name: string) => chat.list.getByRole("checkbox", { name, exact: true });
  const bar = page.getByRole("toolbar", { name: "Selected chats" });
  const views = page.getByRole("button", { name: "More lists and actions" });

  await enter(page, views, backwards);
  await choose(page, "Select chats");
  await expect(box("One")).toBeFocused();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await expect(bar.getByText("2 selected")).toBeVisible();
  await enter(page, bar.getByRole("button", { name: "Archive" }), backwards);
  await expect(chat.chats.getByRole("link")).toHaveText(["Two", "Four"]);
  await expect(row("Two")).toBeFocused();

  await enter(page, views, backwards);
  await choose(page, "Archive");
  await enter(page, views);
  await choose(page, "Select chats");
  await expect(box("One")).toBeFocused();
  await enter(page, bar.getByRole("button", { name: "Select all that are shown" }), backwards);
  await enter(page, bar.getByRole("button", { name: "Delete" }));
  await expect(chat.list.getByText("Chats you archive are kept here")).toBeVisible();
  await expect(chat.filter).toBeFocused();

  await enter(page, views);
  await choose(page, "Trash");
  await enter(page, views);
  await choose(page, "Select chats");
  await expect(box("One")).toBeFocused();
  await page.keyboard.press("Space");
  await enter(page, bar.getByRole("button", { name: "Delete for good" }), backwards);
  await enter(page, page.getByRole("dialog").getByRole("button", { name: "Delete for good" }));
  await expect(chat.list.getByRole("link")).toHaveText(["Three"]);
  await expect(row("Three")).toBeFocused();

  await enter(page, views, backwards);
  await choose(page, "Select chats");
  await expect(box("Three")).toBeFocused();
  await page.keyboard.press("Space");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Escape");
  await expect(bar).toHaveCount(0);
  await expect(row("Three")).toBeFocused();
  await enter(page, page.getByRole("button", { name: "Back to the chats" }), backwards);
  await expect(chat.chats.getByRole("link")).toHaveText(["Two", "Four"]);
  await expect(row("Two")).toBeFocused();
});

const backwards = "Shift+Tab";

/** No way from one thing to the next is longer than a person would go. */
const stepsMax = 15;

/** With Tab from where the focus was left, and Enter. */
async function enter(page: Page, target: Locator, key: "Tab" | typeof backwards = "Tab"): Promise<void> {
  await expect(target).toBeVisible();
  expect(await isNowhere(page), "the focus was lost").toBe(false);
  for (let step = 0; step < stepsMax && !(await isFocused(target)); step += 1) await page.keyboard.press(key);
  await expect(target).toBeFocused();
  await page.keyboard.press("Enter");
}

/** With the arrows, in the menu that is open. */
async function choose(page: Page, name: string): Promise<void> {
  const item = page.getByRole("menuitem", { name, exact: true });
  await expect(item).toBeVisible();
  for (let step = 0; step < stepsMax && !(await isFocused(item)); step += 1)
    await page.keyboard.press("ArrowDown");
  await expect(item).toBeFocused();
  await page.keyboard.press("Enter");
}

function isFocused(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement);
}

/** Where the browser puts the focus when what had it is gone. */
function isNowhere(page: Page): Promise<boolean> {
  return page.evaluate(() => document.activeElement === null || document.activeElement === document.body);
}

/** As a screen reader has it, without what tells of its state. */
async function nameOfFocused(page: Page): Promise<string> {
  const [, name = ""] = /"(.*)"/.exec(await page.locator(":focus").ariaSnapshot()) ?? [];
  return name.replace(/^(Account|Details|Model): .*/, "$1");
}
