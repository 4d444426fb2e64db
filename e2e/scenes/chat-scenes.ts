import { expect } from "@playwright/test";
import { ask } from "@/e2e/ask";
import { chatPage } from "@/e2e/chat-page";
import { createChats } from "@/e2e/created-chats";
import { readStream } from "@/e2e/read-stream";
import { createSummarisedChat } from "@/e2e/summarised-chat";
import { keepChats } from "@/lib/api/chats";
import { showSampleCatalogue } from "./sample-catalogue";
import { type Scene, titles } from "./scene";

/** A chat, from before its first question on. */
export const chatScenes: readonly Scene[] = [
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
      await expect(page.locator("pre [data-colour]").first()).toBeAttached();
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
    name: "summary",
    as: "guest",
    async show(page, person) {
      const chatId = await createSummarisedChat(person, {
        summary:
          "Ada plans a week of sailing from **St Malo** and wants to leave each harbour on the ebb. She has a boat of nine metres that draws 1.6 m, and two friends who have never sailed.\n\n- High water on Monday is at 06:40; the sill dries two hours before low water.\n- Open: whether Chausey is worth a night.",
        questions: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"].flatMap((day) => [
          `When do we leave on ${day}?`,
          `And where do we sleep on ${day}?`,
        ]),
        filler: tideTable(),
        model: "meta-llama/llama-3-8b-instruct",
      });
      await page.goto(`/chat/${chatId}`);
      const item = page.getByRole("region", { name: "Summary of what is not sent" });
      await item.locator("summary").click();
      await expect(item.getByText("St Malo")).toBeVisible();
      await page.getByRole("note").evaluate((note) => note.scrollIntoView({ block: "start" }));
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
    name: "models",
    as: "guest",
    async show(page) {
      await showSampleCatalogue(page);
      await page.goto("/");
      await page.getByRole("button", { name: /^Model: / }).click();
      await expect(page.getByRole("listbox").getByRole("option").first()).toBeVisible();
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
];

/** What somebody pastes below a question: the height of the water at St Malo, for a day. */
function tideTable(): string {
  const rows = Array.from({ length: 96 }, (_, quarter) => {
    const hours = quarter / 4;
    const turn = ((hours - 6.7) * 2 * Math.PI) / 12.42;
    const time = `${Math.floor(hours)}:${String((quarter % 4) * 15).padStart(2, "0")}`.padStart(5, "0");
    return `${time}  ${(6.4 + 4.7 * Math.cos(turn)).toFixed(1)} m  ${Math.sin(turn) > 0 ? "falling" : "rising"}`;
  });
  return `\n\n${rows.join("\n")}\n`;
}
