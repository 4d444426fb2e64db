import type { Page } from "@playwright/test";
import { ask } from "@/e2e/ask";
import { expectNoBarriers } from "@/e2e/barriers";
import { chatPage } from "@/e2e/chat-page";
import { expect, test } from "@/e2e/fixtures";
import { lend, type Person } from "@/e2e/person";
import { readStream } from "@/e2e/read-stream";
import { keepChats, listChats, purgeChats } from "@/lib/api/chats";
import { createId } from "@/lib/chats/id";

test.beforeEach(async ({ page, person }) => {
  await lend(person, page.context());
});

test("a chat in the trash is read and copied, and offers nothing that the server would refuse", async ({
  page,
  person,
}) => {
  const chat = chatPage(page);
  const chatId = await twoVersions(person);
  await person.call(keepChats, { body: { ids: [chatId], deleted: true } });
  const html = await (await person.request("GET", `/chat/${chatId}`)).text();
  expect(html, "from the first paint").not.toContain("<textarea");

  await page.goto(`/chat/${chatId}`);
  await expect(trashBar(page).getByText("This chat is in the trash.")).toBeVisible();
  await expect(chat.answers).toContainText("Willow");
  await chat.answers.hover();
  await expect(chat.answers.getByRole("button", { name: "Copy" })).toBeVisible();
  await chat.questions.hover();
  expect(await offered(page)).toEqual(["Copy", "Copy", "Details: Scripted: burst"]);
  await page.keyboard.press("Control+K");
  await page.getByRole("combobox").fill("answer");
  await expect(page.getByRole("option", { name: "Copy the last answer" })).toBeVisible();
  await expect(page.getByRole("option", { name: "Answer again" })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expectNoBarriers(page, "a chat in the trash");
});

test("the chat that is open is restored where it stands, and goes on", async ({ page, person }) => {
  const chat = chatPage(page);
  const chatId = await twoVersions(person);
  await person.call(keepChats, { body: { ids: [chatId], deleted: true } });
  await page.goto(`/chat/${chatId}`);
  await expect(trashBar(page)).toBeFocused();
  await trashBar(page).getByRole("button", { name: "Restore" }).click();
  await expect(chat.question).toBeFocused();
  await expect(trashBar(page)).toHaveCount(0);
  await expect(chat.answers.getByRole("group", { name: "Versions" })).toBeVisible();
  await chat.askToTheEnd("And on [[tokens=2]]");
});

test("the chat that is open is deleted for good after a question", { tag: "@phone" }, async ({
  page,
  person,
}) => {
  const chatId = await twoVersions(person);
  await person.call(keepChats, { body: { ids: [chatId], deleted: true } });
  await page.goto(`/chat/${chatId}`);
  await expect(trashBar(page)).toBeFocused();
  await trashBar(page).getByRole("button", { name: "Delete for good" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete this chat for good?" });
  await dialog.getByRole("button", { name: "Delete for good" }).click();
  await expect(page).toHaveURL("/");
  const trashed = () => person.call(listChats, { query: { deleted: true } });
  await expect.poll(async () => (await trashed()).items).toEqual([]);
});

test("a chat that is deleted, restored and deleted for good on another device says so where it is open", async ({
  page,
  person,
}) => {
  const chat = chatPage(page);
  const chatId = await twoVersions(person);
  await page.goto(`/chat/${chatId}`);
  await chat.question.fill("Half a question");
  await person.call(keepChats, { body: { ids: [chatId], deleted: true } });
  await expect(trashBar(page)).toBeFocused();
  await expect(chat.question).toHaveCount(0);

  await person.call(keepChats, { body: { ids: [chatId], deleted: false } });
  await expect(chat.question).toHaveValue("Half a question");
  await expect(chat.question).toBeFocused();

  await person.call(keepChats, { body: { ids: [chatId], deleted: true } });
  await expect(trashBar(page)).toBeVisible();
  await person.call(purgeChats, { body: { ids: [chatId] } });
  await expect(trashBar(page).getByText("This chat was deleted for good.")).toBeVisible();
  await expect(trashBar(page).getByRole("button")).toHaveCount(0);
  await expect(chat.answers).toContainText("Willow");
});

function trashBar(page: Page) {
  return page.getByRole("region", { name: "Trash" });
}

/** The names of what can be pressed in the conversation. */
function offered(page: Page): Promise<string[]> {
  return page
    .getByRole("region", { name: "Conversation" })
    .getByRole("button")
    .evaluateAll((buttons) => buttons.map((button) => button.ariaLabel ?? button.textContent ?? ""));
}

/** A chat whose question has two answers. */
async function twoVersions(person: Person): Promise<string> {
  const chatId = createId();
  const { response, messageId } = await ask(person, "Once [[tokens=3]]", { chatId });
  await readStream(response);
  const again = await person.request("POST", "/api/chat", {
    body: { id: chatId, trigger: "regenerate-message", messageId },
  });
  await readStream(again);
  return chatId;
}
