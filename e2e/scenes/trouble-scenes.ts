import { expect, type Page } from "@playwright/test";
import { chatPage } from "@/e2e/chat-page";
import { createChats } from "@/e2e/created-chats";
import type { Person } from "@/e2e/person";
import { keepChats } from "@/lib/api/chats";
import { createCast } from "./cast";
import { type Scene, titles } from "./scene";
import { breakErrorPage, breakPage, fail, hold } from "./trouble";

const chatLists = /\/api\/chats\?/;
const usage = /\/api\/usage\?/;
const models = /\/api\/models(\?|$)/;
const characters = /\/api\/characters\?/;

/** What is seen while something is on its way, and when it does not come. */
export const troubleScenes: readonly Scene[] = [
  {
    name: "archive-loading",
    as: "guest",
    isLoading: true,
    async show(page, person) {
      await openArchive(page, person, () => hold(page, chatLists));
      await expect(chatPage(page).list.getByText("Loading…")).toBeVisible();
    },
  },
  {
    name: "archive-failed",
    as: "guest",
    async show(page, person) {
      await openArchive(page, person, () => fail(page, chatLists));
      await expect(chatPage(page).list.getByRole("alert")).toBeVisible();
    },
  },
  {
    name: "palette-failed",
    as: "guest",
    async show(page, person) {
      await createChats(person, titles.slice(0, 4), "");
      await page.goto("/");
      await fail(page, chatLists);
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox", { name: "Search chats and commands" }).fill("heat");
      await expect(page.getByRole("dialog").getByRole("alert")).toBeVisible();
    },
  },
  {
    name: "models-loading",
    as: "guest",
    isLoading: true,
    async show(page) {
      await page.goto("/");
      await hold(page, models);
      await openModels(page);
      await expect(page.getByRole("dialog", { name: "Models" }).getByText("Loading…")).toBeVisible();
    },
  },
  {
    name: "models-failed",
    as: "guest",
    async show(page) {
      await page.goto("/");
      await fail(page, models);
      await openModels(page);
      await expect(page.getByText("The models could not be loaded.")).toBeVisible();
    },
  },
  {
    name: "usage-loading",
    as: "account",
    isLoading: true,
    async show(page) {
      await hold(page, usage);
      await page.goto("/settings/usage");
      await expect(page.getByText("Loading…").first()).toBeVisible();
    },
  },
  {
    name: "usage-failed",
    as: "account",
    async show(page) {
      await fail(page, usage);
      await page.goto("/settings/usage");
      await expect(page.getByRole("main").getByRole("alert").first()).toBeVisible();
    },
  },
  {
    name: "gallery-loading",
    as: "account",
    isLoading: true,
    async show(page, person) {
      await openGallery(page, person, () => hold(page, characters));
      await expect(page.getByText("Loading…")).toBeVisible();
    },
  },
  {
    name: "gallery-failed",
    as: "account",
    async show(page, person) {
      await openGallery(page, person, () => fail(page, characters));
      await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
    },
  },
  {
    name: "page-failed",
    as: "guest",
    async show(page, person) {
      await createChats(person, titles.slice(0, 4), "");
      await breakPage(page, "/characters");
      await page.goto("/");
      await page.getByRole("link", { name: "Or chat with a character" }).click();
      await untilFailed(page);
    },
  },
  {
    name: "settings-failed",
    as: "guest",
    async show(page) {
      await breakPage(page, "/settings/usage");
      await page.goto("/settings/appearance");
      await page.getByRole("link", { name: "Usage" }).click();
      await untilFailed(page);
    },
  },
  {
    name: "everything-failed",
    as: "guest",
    async show(page) {
      await breakErrorPage(page);
      await breakPage(page, "/settings/usage");
      await page.goto("/settings/appearance");
      await page.getByRole("link", { name: "Usage" }).click();
      await untilFailed(page);
      await expect(page.getByRole("link")).toHaveCount(0);
    },
  },
];

async function openArchive(page: Page, person: Person, trouble: () => Promise<void>): Promise<void> {
  const ids = await createChats(person, titles.slice(0, 4), "");
  await person.call(keepChats, { body: { ids: ids.slice(0, 2), archived: true } });
  await page.goto("/");
  await chatPage(page).openSideBar();
  await trouble();
  await chatPage(page).chooseInSideBar("Archive");
}

async function openModels(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Model: / }).click();
}

async function openGallery(page: Page, person: Person, trouble: () => Promise<void>): Promise<void> {
  await createCast(page, person);
  await page.goto("/characters");
  await expect(page.getByRole("button", { name: /^Chat with / }).first()).toBeVisible();
  await trouble();
  await page.getByRole("button", { name: "Trash" }).click();
}

async function untilFailed(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { name: "This page could not be shown" })).toBeVisible();
}
