import { answerTo, messagesOf } from "@/e2e/ask";
import { chatPage, words } from "@/e2e/chat-page";
import { callsOf, expect, test } from "@/e2e/fixtures";
import { lend } from "@/e2e/person";

test("a model is searched, chosen, answers, and stays the chat's own", async ({ model, page, person }) => {
  const chat = chatPage(page);
  await lend(person, page.context());
  await page.goto("/");
  const button = page.getByRole("button", { name: /^Model: / });
  await button.click();
  await page.getByRole("combobox", { name: "Search models" }).fill("echo");
  await page.getByRole("option", { name: /scripted\/echo/ }).click();
  await expect(button).toHaveAccessibleName(/echo/i);
  await chat.askToTheEnd("Repeat after me");
  expect(await chat.answerText()).toBe("Repeat after me");
  expect(callsOf(model, await chat.chatId()).map((call) => call.model)).toEqual(["scripted/echo"]);

  await page.reload();
  await expect(button).toHaveAccessibleName(/echo/i);
  await button.click();
  await page.getByRole("combobox", { name: "Search models" }).fill("hundred-words");
  await page.keyboard.press("Enter");
  await expect(button).toHaveAccessibleName(/hundred/i);
  await chat.askToTheEnd("And now? [[tokens=6]]");
  expect(await chat.answerText()).toBe(words(answerTo("[[tokens=6]]")));
  const messages = await messagesOf(person, await chat.chatId());
  expect(messages.map((message) => message.model)).toEqual([
    null,
    "scripted/echo",
    null,
    "scripted/hundred-words",
  ]);
});

test("a search without a match says so", async ({ page, person }) => {
  await lend(person, page.context());
  await page.goto("/");
  await page.getByRole("button", { name: /^Model: / }).click();
  await page.getByRole("combobox", { name: "Search models" }).fill("no such thing");
  await expect(page.getByText("No model has this name.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText("No model has this name.")).toBeHidden();
});
