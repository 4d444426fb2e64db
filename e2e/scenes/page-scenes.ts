import { expect } from "@playwright/test";
import { chatPage } from "@/e2e/chat-page";
import { createChats } from "@/e2e/created-chats";
import { type Scene, titles } from "./scene";

const settingsSections = [
  "account",
  "appearance",
  "chats",
  "models",
  "keys",
  "prompt",
  "profiles",
  "usage",
  "shortcuts",
  "data",
] as const;

/** What is not about a chat. */
export const pageScenes: readonly Scene[] = [
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
  ...settingsSections.map(
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
    name: "characters",
    as: "guest",
    async show(page) {
      await page.goto("/characters");
      await expect(page.getByRole("heading", { name: "Give the model somebody to be" })).toBeVisible();
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
