import { expect, type Page } from "@playwright/test";
import { keepChats } from "@/lib/api/chats";
import { ask } from "./ask";
import { chatPage } from "./chat-page";
import { createChats } from "./created-chats";
import type { Person } from "./person";
import { readStream } from "./read-stream";

/** A view of the app in one of its states, as somebody sees it. */
export interface Scene {
  name: string;
  /** Who looks: signed out, a guest, or somebody with an account. */
  as: "nobody" | "guest" | "account";
  /** Makes what is to be seen, and goes there. */
  show(page: Page, person: Person): Promise<void>;
}

/** Every view there is; each of them is gone through for barriers, for small targets and for pictures. */
export const scenes: readonly Scene[] = [
  {
    name: "sign-in",
    as: "nobody",
    async show(page) {
      await page.goto("/sign-in");
    },
  },
  {
    name: "sign-up",
    as: "nobody",
    async show(page) {
      await page.goto("/sign-in");
      await page.getByRole("button", { name: "Create one" }).click();
    },
  },
  {
    name: "sign-in-refused",
    as: "nobody",
    async show(page) {
      await page.goto("/sign-in");
      await page.getByLabel("E-mail").fill("nobody@example.org");
      await page.getByLabel("Password").fill("wrong password");
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await expect(chatPage(page).alert).toBeVisible();
    },
  },
  {
    name: "empty",
    as: "guest",
    async show(page) {
      await page.goto("/");
      await expect(page.getByRole("list", { name: "Examples" })).toBeVisible();
    },
  },
  {
    name: "chat",
    as: "guest",
    async show(page, person) {
      await createChats(person, titles.slice(0, 4), "");
      const { response, chatId } = await ask(person, "How do tides work?");
      await readStream(response);
      await page.goto(`/chat/${chatId}`);
      await expect(page.locator("pre span").first()).toBeAttached();
    },
  },
  {
    name: "thinking",
    as: "guest",
    async show(page, person) {
      const { chatId } = await ask(person, "Why do cats purr?");
      await page.goto(`/chat/${chatId}`);
      await expect(chatPage(page).answers.getByText("Thinking…")).toBeVisible();
    },
  },
  {
    name: "writing",
    as: "guest",
    async show(page, person) {
      const { chatId } = await ask(person, "And how high can they get?");
      await page.goto(`/chat/${chatId}`);
      await expect(chatPage(page).answers.getByText("Still writing")).toBeVisible();
      await chatPage(page).question.fill("And on the moon?");
      await page.getByRole("button", { name: "Send after this answer" }).click();
      await expect(page.getByRole("region", { name: "Waiting questions" })).toBeVisible();
    },
  },
  {
    name: "error",
    as: "guest",
    async show(page, person) {
      const { response, chatId } = await ask(person, "Is anybody there?");
      await readStream(response);
      await page.goto(`/chat/${chatId}`);
      await expect(page.getByRole("main").getByRole("button", { name: "Try again" })).toBeVisible();
    },
  },
  {
    name: "stopped",
    as: "guest",
    async show(page) {
      const chat = chatPage(page);
      await page.goto("/");
      await chat.ask("Count the waves");
      await expect(chat.answers).toContainText("20.");
      await chat.stop.click();
      await expect(chat.answers.getByText("Stopped")).toBeVisible();
    },
  },
  {
    name: "versions",
    as: "guest",
    async show(page, person) {
      const { response, chatId, messageId } = await ask(person, "Name three rivers");
      await readStream(response);
      const again = { id: chatId, trigger: "regenerate-message", messageId };
      await readStream(await person.request("POST", "/api/chat", { body: again }));
      await page.goto(`/chat/${chatId}`);
      await expect(page.getByRole("group", { name: "Versions" })).toBeVisible();
    },
  },
  {
    name: "editing",
    as: "guest",
    async show(page, person) {
      const { response, chatId } = await ask(person, "How do tides work?");
      await readStream(response);
      await page.goto(`/chat/${chatId}`);
      await chatPage(page).questions.hover();
      await page.getByRole("button", { name: "Edit", exact: true }).click();
      await expect(page.getByRole("textbox", { name: "Edit question" })).toBeFocused();
    },
  },
  {
    name: "side-bar",
    as: "guest",
    async show(page, person) {
      const ids = await createChats(person, titles, "");
      await person.call(keepChats, { body: { ids: ids.slice(0, 2), pinned: true } });
      await person.call(keepChats, { body: { ids: ids.slice(4, 6), unread: true } });
      await person.call(keepChats, { body: { ids: ids.slice(7), archived: true } });
      await page.goto(`/chat/${ids[3]}`);
      await openSideBar(page);
      await expect(chatPage(page).chats.getByRole("link")).toHaveCount(7);
    },
  },
  {
    name: "archive",
    as: "guest",
    async show(page, person) {
      const ids = await createChats(person, titles, "");
      await person.call(keepChats, { body: { ids: ids.slice(0, 4), archived: true } });
      await page.goto(`/chat/${ids[1]}`);
      await expect(page.getByText("This chat is archived.")).toBeVisible();
      await openSideBar(page);
      await chatPage(page).chooseInSideBar("Archive");
      await expect(chatPage(page).list.getByRole("link")).toHaveCount(4);
    },
  },
  {
    name: "trash",
    as: "guest",
    async show(page, person) {
      const ids = await createChats(person, titles, "");
      await person.call(keepChats, { body: { ids: ids.slice(0, 4), deleted: true } });
      await page.goto(`/chat/${ids[1]}`);
      await expect(page.getByText("This chat is in the trash.")).toBeVisible();
      await openSideBar(page);
      await chatPage(page).chooseInSideBar("Trash");
      await expect(chatPage(page).list.getByRole("link")).toHaveCount(4);
    },
  },
  {
    name: "trashed-chat",
    as: "guest",
    async show(page, person) {
      const { response, chatId } = await ask(person, "How do tides work?");
      await readStream(response);
      await person.call(keepChats, { body: { ids: [chatId], deleted: true } });
      await page.goto(`/chat/${chatId}`);
      await expect(page.getByRole("region", { name: "Trash" })).toBeFocused();
    },
  },
  {
    name: "selecting",
    as: "guest",
    async show(page, person) {
      await createChats(person, titles, "");
      await page.goto("/");
      await openSideBar(page);
      await chatPage(page).chooseInSideBar("Select chats");
      const boxes = chatPage(page).chats.getByRole("checkbox");
      await boxes.nth(1).click();
      await boxes.nth(3).click();
      await expect(page.getByText("2 selected")).toBeVisible();
    },
  },
  {
    name: "palette",
    as: "guest",
    async show(page, person) {
      await createChats(person, titles, "");
      await page.goto("/");
      await openSideBar(page);
      await page.getByRole("button", { name: "Search and commands" }).filter({ visible: true }).click();
      await expect(page.getByRole("option").first()).toBeVisible();
    },
  },
  {
    name: "models",
    as: "guest",
    async show(page) {
      await page.goto("/");
      await page.getByRole("button", { name: /^Model: / }).click();
      await expect(page.getByRole("option").first()).toBeVisible();
    },
  },
  {
    name: "shortcuts",
    as: "guest",
    async show(page) {
      await page.goto("/");
      await expect(page.getByRole("status", { name: "Connection" })).toHaveText("Live");
      await page.keyboard.press("Control+/");
      await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
    },
  },
  {
    name: "account-menu",
    as: "account",
    async show(page) {
      await page.goto("/");
      await openSideBar(page);
      await chatPage(page).account.filter({ visible: true }).click();
      await expect(page.getByRole("menu")).toBeVisible();
    },
  },
  ...["account", "appearance", "chats", "shortcuts", "data"].map(
    (section): Scene => ({
      name: `settings-${section}`,
      as: "account",
      async show(page) {
        await page.goto(`/settings/${section}`);
        await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
      },
    }),
  ),
  {
    name: "settings-account-of-a-guest",
    as: "guest",
    async show(page) {
      await page.goto("/settings/account");
      await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
    },
  },
  {
    name: "delete-account",
    as: "account",
    async show(page) {
      await page.goto("/settings/account");
      await page.getByRole("button", { name: "Delete account" }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
    },
  },
  {
    name: "delete-all",
    as: "guest",
    async show(page, person) {
      await createChats(person, titles.slice(0, 3), "");
      await page.goto("/settings/data");
      await page.getByRole("button", { name: "Delete all chats" }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
    },
  },
  {
    name: "not-found",
    as: "guest",
    async show(page) {
      await page.goto("/nowhere");
    },
  },
  {
    name: "chat-not-found",
    as: "guest",
    async show(page) {
      await page.goto("/chat/nowhere");
      await expect(page.getByText("This chat is not here")).toBeVisible();
    },
  },
  {
    name: "offline",
    as: "nobody",
    async show(page) {
      await page.goto("/offline");
    },
  },
];

const titles = [
  "A week of dinners for two",
  "How heat pumps work",
  "Reminder for an unpaid invoice",
  "Renting or buying",
  "Why is the sea salty",
  "Names for a grey cat",
  "Night train to Vienna",
  "Sourdough that does not rise",
  "A poem about fog",
] as const;

/** A drawer on a phone; elsewhere it is there. */
async function openSideBar(page: Page): Promise<void> {
  const opener = page.getByRole("button", { name: "Open side bar" });
  if (!(await opener.isVisible())) return;
  await opener.click();
  await expect(page.getByRole("dialog", { name: "Side bar" })).toBeVisible();
}
