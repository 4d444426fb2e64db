import { expect } from "@playwright/test";
import { chatPage } from "@/e2e/chat-page";
import { createChats } from "@/e2e/created-chats";
import { keepChats } from "@/lib/api/chats";
import { type Scene, titles } from "./scene";

/** What is done with many chats. */
export const sideBarScenes: readonly Scene[] = [
  {
    name: "side-bar",
    as: "guest",
    async show(page, person) {
      const ids = await createChats(person, titles, "");
      await person.call(keepChats, { body: { ids: ids.slice(0, 2), pinned: true } });
      await person.call(keepChats, { body: { ids: ids.slice(4, 6), unread: true } });
      await person.call(keepChats, { body: { ids: ids.slice(7), archived: true } });
      await page.goto(`/chat/${ids[3]}`);
      await chatPage(page).openSideBar();
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
      await chatPage(page).openSideBar();
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
      await chatPage(page).openSideBar();
      await chatPage(page).chooseInSideBar("Trash");
      await expect(chatPage(page).list.getByRole("link")).toHaveCount(4);
    },
  },
  {
    name: "selecting",
    as: "guest",
    async show(page, person) {
      await createChats(person, titles, "");
      await page.goto("/");
      await chatPage(page).openSideBar();
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
      await chatPage(page).openSideBar();
      await page.getByRole("button", { name: "Search and commands" }).filter({ visible: true }).click();
      await expect(page.getByRole("listbox").getByRole("option").first()).toBeVisible();
    },
  },
  {
    name: "account-menu",
    as: "account",
    async show(page) {
      await page.goto("/");
      await chatPage(page).openSideBar();
      await chatPage(page).account.filter({ visible: true }).click();
      await expect(page.getByRole("menu")).toBeVisible();
    },
  },
];
