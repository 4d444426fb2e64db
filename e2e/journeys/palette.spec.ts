import { ask } from "@/e2e/ask";
import { expectNoBarriers } from "@/e2e/barriers";
import { chatPage } from "@/e2e/chat-page";
import { expect, test } from "@/e2e/fixtures";
import { lend, type Person } from "@/e2e/person";
import { readStream } from "@/e2e/read-stream";

test.beforeEach(async ({ page, person }) => {
  await lend(person, page.context());
});

test("a chat is found by its title and opened with the keyboard alone, also one that is not loaded", async ({
  page,
  person,
}) => {
  await createChat(person, "The zebra crossing");
  for (let number = 1; number <= 31; number += 1) await createChat(person, `Chat number ${number}`);
  await page.goto("/");
  await expect(chatPage(page).question).toBeFocused();
  await page.keyboard.press("Control+K");
  const search = page.getByRole("combobox", { name: "Search chats and commands" });
  await expect(search).toBeFocused();
  await expect(page.getByRole("option").first()).toHaveText("Chat number 31");
  await page.keyboard.type("zebra");
  await expect(page.getByRole("option", { name: "The zebra crossing" })).toHaveAttribute(
    "aria-selected",
    "true",
  );
  await page.keyboard.press("Enter");
  await expect(search).toBeHidden();
  await expect(chatPage(page).questions).toHaveText(/The zebra crossing/);
});

test("the arrows go round the list, and Escape gives the focus back", async ({ page, person }) => {
  await createChat(person, "The only chat");
  await page.goto("/");
  await expect(chatPage(page).question).toBeFocused();
  await page.keyboard.press("Control+K");
  const options = page.getByRole("option");
  await expect(options.first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowUp");
  await expect(options.last()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowDown");
  await expect(options.first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Escape");
  await expect(options).toHaveCount(0);
  await expect(chatPage(page).question).toBeFocused();
  await page.keyboard.press("Control+K");
  await expect(options.first()).toBeVisible();
  await page.keyboard.press("Control+K");
  await expect(options).toHaveCount(0);
});

test("what can be done with the chat is done from the palette", async ({ page, person }) => {
  const chat = chatPage(page);
  const chatId = await createChat(person, "Old name");
  await page.goto(`/chat/${chatId}`);
  await expect(chat.question).toBeFocused();
  const run = async (command: string) => {
    await page.keyboard.press("Control+K");
    await page.getByRole("combobox").fill(command);
    await expect(page.getByRole("option", { name: command })).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("Enter");
  };
  await run("Rename this chat");
  await page.getByRole("dialog").getByRole("textbox").fill("New name");
  await page.keyboard.press("Enter");
  await expect(page).toHaveTitle(/^New name/);
  await run("Choose the model");
  await expect(page.getByRole("option", { name: /hundred-words/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await run("Answer again");
  await chat.untilAnswered();
  await run("Appearance: dark");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await run("Archive this chat");
  await expect(page).toHaveURL("/");
  await expect(chat.chats.getByRole("link")).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(chat.chats.getByRole("link")).toHaveText(["New name"]);
});

test("an answer is stopped and copied by shortcuts, also while one is writing", async ({ context, page }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const chat = chatPage(page);
  await page.goto("/");
  await chat.ask("Long [[tokens=2000 interval=20]]");
  await expect(chat.answers).toContainText("10.");
  await chat.question.pressSequentially("A draft");
  await page.keyboard.press("Control+;");
  await expect(chat.answers.getByText("Stopped")).toBeVisible();
  await page.keyboard.press("Control+Shift+:");
  await expect(page.getByText("Copied")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("10.");
  await expect(chat.question).toHaveValue("A draft");
});

test("the sheet lists the shortcuts, by a character only where nobody types and only if that is wanted", async ({
  page,
}) => {
  const chat = chatPage(page);
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await page.goto("/");
  await chat.question.pressSequentially("What?");
  await expect(chat.question).toHaveValue("What?");
  await expect(sheet).toBeHidden();
  await page.getByRole("button", { name: "Close side bar" }).focus();
  await page.keyboard.press("?");
  await expect(sheet.getByText("Open the command palette")).toBeVisible();
  await sheet.getByRole("radio", { name: "Off" }).check({ force: true });
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await page.keyboard.press("Control+/");
  await expect(sheet.getByRole("radio", { name: "Off" })).toBeChecked();
  await expectNoBarriers(page, "the shortcuts");
});

test("the palette is fetched when it is asked for, and keeps nobody out", async ({ page, person }) => {
  await createChat(person, "A chat");
  const scripts: string[] = [];
  await page.goto("/");
  await expect(page.getByRole("status", { name: "Connection" })).toHaveText("Live");
  page.on("request", (request) => request.resourceType() === "script" && scripts.push(request.url()));
  await page.keyboard.press("Control+K");
  await page.getByRole("combobox").fill("chat");
  await expect(page.getByRole("option", { name: "A chat" })).toBeVisible();
  expect(scripts.length).toBeGreaterThan(0);
  await expectNoBarriers(page, "the palette");
});

test("back and forward go through the chats, and two tabs show two of them at once", async ({
  context,
  page,
  person,
}) => {
  const [first, second] = [await createChat(person, "One chat"), await createChat(person, "Another chat")];
  const chat = chatPage(page);
  await page.goto(`/chat/${first}`);
  await chat.chats.getByRole("link", { name: "Another chat" }).click();
  await expect(chat.questions).toHaveText(/Another chat/);
  await page.goBack();
  await expect(page).toHaveURL(`/chat/${first}`);
  await expect(chat.questions).toHaveText(/One chat/);
  await page.goForward();
  await expect(chat.questions).toHaveText(/Another chat/);

  const other = await context.newPage();
  await other.goto(`/chat/${first}`);
  await Promise.all([
    chat.askToTheEnd("Here [[say=left]]"),
    chatPage(other).askToTheEnd("There [[say=right]]"),
  ]);
  await expect(page).toHaveURL(`/chat/${second}`);
  await expect(chat.answers.last()).toContainText("left");
  await expect(chatPage(other).answers.last()).toContainText("right");
  await expect(chat.questions).toHaveCount(2);
});

async function createChat(person: Person, name: string): Promise<string> {
  const asked = await ask(person, name);
  await readStream(asked.response);
  return asked.chatId;
}
