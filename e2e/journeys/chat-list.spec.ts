import { ask } from "@/e2e/ask";
import { chatPage } from "@/e2e/chat-page";
import { expect, test } from "@/e2e/fixtures";
import { lend, type Person } from "@/e2e/person";
import { readStream } from "@/e2e/read-stream";

test.beforeEach(async ({ page, person }) => {
  await lend(person, page.context());
});

test("a chat is renamed from the list, and the name stays", async ({ page, person }) => {
  const chat = chatPage(page);
  const [chatId] = await createChats(person, ["Old name"]);
  await page.goto(`/chat/${chatId}`);
  await chat.choose("Old name", "Rename");
  await expect(chat.chats.getByLabel("Title")).toHaveValue("Old name");
  await chat.chats.getByLabel("Title").fill("A better name");
  await chat.chats.getByLabel("Title").press("Enter");

  await expect(chat.chats.getByRole("link", { name: "A better name" })).toBeVisible();
  await expect(page).toHaveTitle(/^A better name/);
  await page.reload();
  await expect(chat.chats.getByRole("link")).toHaveText(["A better name"]);
});

test("a chat that was deleted can be had back, and is gone when it is not", async ({ page, person }) => {
  const chat = chatPage(page);
  const [chatId] = await createChats(person, ["Delete me", "Keep me"]);
  await page.goto(`/chat/${chatId}`);
  await chat.choose("Delete me", "Delete");
  await expect(chat.chats.getByRole("link")).toHaveText(["Keep me"]);
  await expect(page).toHaveURL("/");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(chat.chats.getByRole("link")).toHaveText(["Keep me", "Delete me"]);

  await chat.choose("Delete me", "Delete");
  await expect(page.getByText("Chat deleted")).toBeVisible();
  await page.reload();
  await expect(chat.chats.getByRole("link")).toHaveText(["Keep me"]);
});

test("a pinned chat stands above the newer ones", async ({ page, person }) => {
  const chat = chatPage(page);
  await createChats(person, ["Older", "Newer"]);
  await page.goto("/");
  await expect(chat.chats.getByRole("link")).toHaveText(["Newer", "Older"]);
  await chat.choose("Older", "Pin");
  await expect(chat.chats.getByRole("link")).toHaveText(["Older", "Newer"]);
  await expect(chat.chats.getByRole("heading").first()).toHaveText("Pinned");
  await page.reload();
  await expect(chat.chats.getByRole("link")).toHaveText(["Older", "Newer"]);
});

test("a new chat is one press or one shortcut away, and stands on top once it is asked", async ({
  page,
  person,
}) => {
  const chat = chatPage(page);
  const [chatId] = await createChats(person, ["The one before"]);
  await page.goto(`/chat/${chatId}`);
  await page.getByRole("link", { name: "New chat" }).first().click();
  await expect(page.getByText("What would you like to talk about?")).toBeVisible();
  await chat.askToTheEnd("The one after [[tokens=3]]");
  await expect(chat.chats.getByRole("link")).toHaveText([/^The one after/, "The one before"]);

  await page.keyboard.press("Control+Shift+O");
  await expect(page.getByText("What would you like to talk about?")).toBeVisible();
  await expect(chat.answers).toHaveCount(0);
  await page.goBack();
  await expect(chat.questions).toHaveText(/The one after/);
});

test("a long list is loaded as it is scrolled", async ({ page, person }) => {
  const chat = chatPage(page);
  const names = Array.from({ length: 34 }, (_, index) => `Chat number ${index + 1}`);
  await createChats(person, names);
  await page.goto("/");
  await expect(chat.chats.getByRole("link").first()).toHaveText("Chat number 34");
  await chat.chats.getByRole("link").last().scrollIntoViewIfNeeded();
  await expect(chat.chats.getByRole("link", { name: "Chat number 1", exact: true })).toBeVisible();
  await expect(chat.chats.getByRole("link")).toHaveCount(34);
});

/** Chats of these names, the last one the newest. */
async function createChats(person: Person, names: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) {
    const asked = await ask(person, name);
    await readStream(asked.response);
    ids.push(asked.chatId);
  }
  return ids;
}
