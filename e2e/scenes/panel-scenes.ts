import { expect } from "@playwright/test";
import { ask } from "@/e2e/ask";
import { chatPage } from "@/e2e/chat-page";
import { readStream } from "@/e2e/read-stream";
import { createCast } from "./cast";
import type { Scene } from "./scene";

/** Whom and what a chat is with: characters, prompts and parameters. */
export const panelScenes: readonly Scene[] = [
  {
    name: "character",
    as: "account",
    async show(page, person) {
      const [, biologist] = await createCast(page, person);
      await page.goto(`/characters/${biologist}`);
      await expect(page.getByLabel("Personality")).toHaveValue(/^Dry/);
      await expect(page.getByText(/^about \d+ tokens$/).first()).toBeVisible();
    },
  },
  {
    name: "character-chat",
    as: "account",
    async show(page, person) {
      await createCast(page, person);
      await page.goto("/characters");
      await page.getByRole("button", { name: "Chat with Dr. Imke Harms" }).click();
      await expect(page.getByText("Mind the buckets")).toBeVisible();
      await expect(page.getByRole("main").getByRole("button", { name: /^Options for / })).toBeVisible();
      await expect(page.getByRole("link", { name: "Edit Dr. Imke Harms" })).toBeVisible();
    },
  },
  {
    name: "prompt-preview",
    as: "guest",
    async show(page, person) {
      const { response, chatId } = await ask(person, "Renting or buying", { model: "openai/gpt-5-mini" });
      await readStream(response);
      await page.goto(`/chat/${chatId}`);
      await chatPage(page).question.fill("And if the rate were five per cent?");
      await page.getByRole("button", { name: "Preview the prompt" }).click();
      await expect(page.getByRole("dialog").getByText(/tokens of/)).toBeVisible();
    },
  },
  {
    name: "chat-settings",
    as: "guest",
    async show(page, person) {
      const { response, chatId } = await ask(person, "Renting or buying", { model: "openai/gpt-5-mini" });
      await readStream(response);
      await page.goto(`/chat/${chatId}`);
      await page.getByRole("button", { name: "Settings of this chat" }).click();
      await expect(page.getByRole("textbox", { name: "Temperature" })).toBeVisible();
    },
  },
];
