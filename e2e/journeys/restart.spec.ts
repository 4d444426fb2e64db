import { answerTo } from "@/e2e/ask";
import { chatPage, words } from "@/e2e/chat-page";
import { expect, test } from "@/e2e/fixtures";
import { leaveUnfinished, lend, signUp } from "@/e2e/person";

test("after a restart everybody is still signed in, and every chat is there", async ({ ownApp, page }) => {
  const chat = chatPage(page);
  await lend(await signUp(ownApp.url), page.context());
  await page.goto(ownApp.url);
  await chat.askToTheEnd("Before the restart [[tokens=15]]");
  await ownApp.stop();
  await ownApp.start();
  await page.reload();
  expect(await chat.answerText()).toBe(words(answerTo("[[tokens=15]]")));
  await expect(chat.chats.getByRole("link")).toHaveCount(1);
  await chat.askToTheEnd("After the restart [[tokens=3]]");
});

test("when the server dies in mid-answer and it is not to be finished, the page keeps the text, says so, and the answer can be had again", async ({
  ownApp,
  page,
}) => {
  const chat = chatPage(page);
  const person = await signUp(ownApp.url);
  await leaveUnfinished(person);
  await lend(person, page.context());
  await page.goto(ownApp.url);
  await chat.ask("Survive [[tokens=300 interval=20]]");
  await expect(chat.answers).toContainText("30.");
  await ownApp.kill();
  await ownApp.start();

  await expect(chat.answers).toContainText("The server stopped while this answer was being written.", {
    timeout: 20_000,
  });
  await expect(chat.answers).toContainText("20.");
  await page.reload();
  await expect(chat.answers).toContainText("The server stopped while this answer was being written.");
  await expect(chat.answers).toContainText("20.");
  await page.getByRole("button", { name: "Try again" }).click();
  await chat.untilAnswered();
  expect(await chat.answerText()).toBe(words(answerTo("[[tokens=300]]")));
});
