import { messagesOf } from "@/e2e/ask";
import { chatPage } from "@/e2e/chat-page";
import { expect, test } from "@/e2e/fixtures";
import { lend } from "@/e2e/person";

test("on a phone a word that is still being composed is sent whole by the button, and leaves nothing behind", async ({
  page,
  person,
}) => {
  const chat = chatPage(page);
  await lend(person, page.context());
  await page.goto("/");
  await chat.question.tap();
  const keyboard = await page.context().newCDPSession(page);
  const compose = (text: string) =>
    keyboard.send("Input.imeSetComposition", {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    });
  // As keyboards on a screen do it in every language: the word under the cursor is always being composed.
  for (const text of ["に", "にほ", "にほん"]) await compose(text);
  await expect(chat.question).toHaveValue("にほん");
  await keyboard.send("Input.dispatchKeyEvent", {
    type: "rawKeyDown",
    key: "Enter",
    windowsVirtualKeyCode: 229,
  });
  await keyboard.send("Input.insertText", { text: "日本" });
  await expect(chat.questions).toHaveCount(0);
  await compose("へ");
  await expect(chat.question).toHaveValue("日本へ");
  await chat.send.tap();
  await expect(chat.questions).toHaveText(/日本へ/);
  await chat.untilAnswered();
  await expect(chat.question).toHaveValue("");
  const [question] = await messagesOf(person, await chat.chatId());
  expect(question?.parts).toEqual([{ type: "text", text: "日本へ" }]);
});
